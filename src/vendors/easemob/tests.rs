use super::EASEMOB;
use super::connection::CONNECTION;
use super::token::{EXCHANGE, TOKEN};
use crate::domain::draft::{Draft, Values};
use crate::domain::endpoint::Endpoint;
use crate::domain::reply::Reply;
use crate::domain::request::{Moment, Request, Signed};
use crate::domain::secret::Secret;
use crate::domain::validation::{Entries, validate_form};

fn entries(more: &[(&str, &str)]) -> Entries {
    let known = [("endpoint", "https://a1.easemob.com"), ("org_name", "corp"), ("app_name", "shop")];
    let values: Values = known.iter().chain(more).copied().collect();
    validate_form(&CONNECTION, &values, 0).unwrap()
}

const CREDENTIALS: &[(&str, &str)] =
    &[("client_id", "YXA6id"), ("client_secret", "YXA6secret"), ("ttl", "1024000")];

fn signed(connection: &Entries, draft: Draft, token: Option<&str>) -> Signed {
    let endpoint = Endpoint::parse("https://a1.easemob.com").unwrap();
    let request =
        Request::assemble(draft.validate(0).unwrap(), &endpoint, &(EASEMOB.app)(connection)).unwrap();
    let moment = Moment { now: 0, nonce: "n".to_owned(), trace: None, token: token.map(Secret::new) };
    Signed::seal(request, (EASEMOB.signer)(connection).as_ref(), &moment).unwrap()
}

fn probe() -> Draft {
    let values = EASEMOB.probe.values.iter().copied().collect();
    Draft { operation: EASEMOB.probe.operation, values }
}

#[test]
fn the_token_call_carries_credentials_and_no_token() {
    let connection = entries(CREDENTIALS);
    let values = (EXCHANGE.values)(&connection).unwrap();
    let signed = signed(&connection, Draft { operation: &TOKEN, values }, Some("old"));
    assert_eq!(signed.request().url(), "https://a1.easemob.com/corp/shop/token");
    let body = r#"{"grant_type":"client_credentials","client_id":"YXA6id","client_secret":"YXA6secret","ttl":1024000}"#;
    assert_eq!(signed.request().body(), Some(body));
    assert!(signed.headers().iter().all(|header| header.name != "Authorization"));
}

#[test]
fn a_lifetime_left_empty_is_left_out() {
    let values = (EXCHANGE.values)(&entries(&CREDENTIALS[..2])).unwrap();
    let body = Draft { operation: &TOKEN, values }.validate(0).unwrap().body().unwrap();
    assert_eq!(
        body,
        r#"{"grant_type":"client_credentials","client_id":"YXA6id","client_secret":"YXA6secret"}"#
    );
}

#[test]
fn a_pasted_token_counts_and_is_never_shown() {
    let connection =
        entries(&[("app_token", "Bearer YWMtCANARY"), ("client_id", "a"), ("client_secret", "b")]);
    assert!((EXCHANGE.values)(&connection).is_none());
    let signed = signed(&connection, probe(), Some("other"));
    let header = signed.headers().iter().find(|header| header.name == "Authorization").unwrap();
    assert_eq!((header.sent(), header.shown()), ("Bearer YWMtCANARY", "Bearer <token>"));
    for shown in [signed.to_curl("https://x"), format!("{signed:?}")] {
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}

#[test]
fn a_token_that_was_given_is_used_and_half_of_its_lifetime_counts() {
    let read = |status, body: &str| (EXCHANGE.read)(&Reply { status, body: body.to_owned() });
    let after = |expires: &str| {
        let token = read(200, &format!(r#"{{"access_token":"YWMt"{expires},"application":"x"}}"#)).unwrap();
        assert_eq!(token.value.reveal(), "YWMt");
        token.renew_after
    };
    assert_eq!(after(r#","expires_in":600"#), Some(300_000));
    assert_eq!(after(r#","expires_in":"600""#), Some(300_000));
    // Nobody tells whether a long one is meant in milliseconds.
    assert_eq!(after(r#","expires_in":1024000"#), Some(3_600_000));
    for unknown in ["", r#","expires_in":0"#, r#","expires_in":-1"#, r#","expires_in":null"#] {
        assert_eq!(after(unknown), None, "{unknown}");
    }
    for (status, body) in
        [(400, r#"{"access_token":"x"}"#), (200, "{}"), (200, r#"{"access_token":""}"#), (200, "<html>")]
    {
        assert!(read(status, body).is_none(), "{body}");
    }
    let header = signed(&entries(CREDENTIALS), probe(), Some("YWMt"));
    assert!(header.headers().iter().any(|header| header.sent() == "Bearer YWMt"));
}

#[test]
fn only_a_401_about_the_token_renews_it() {
    let stale = |status, error: &str| {
        let body = format!(r#"{{"error":"{error}","error_description":"x","timestamp":1}}"#);
        (EXCHANGE.is_stale)(&Reply { status, body })
    };
    assert!(stale(401, "unauthorized") && stale(401, "auth_bad_access_token"));
    assert!(!stale(401, "message_rewrite_error") && !stale(401, "RewriteMessageNotAuthorizedException"));
    assert!(
        !stale(403, "unauthorized")
            && !(EXCHANGE.is_stale)(&Reply { status: 401, body: "<html>".to_owned() })
    );
}

#[test]
fn every_message_fills_forms_by_their_own_names() {
    let message = (EASEMOB.recognise.cells)(&["1418038712905770616", "user2", "user1"]).unwrap();
    for (name, _) in message.values.iter() {
        assert!(EASEMOB.operations.iter().any(|operation| operation.form.knows(name)), "{name}");
    }
}

#[test]
fn what_comes_nearest_to_a_gap_exists() {
    for gap in EASEMOB.gaps {
        assert!(EASEMOB.operations.iter().any(|operation| operation.id == gap.nearest), "{}", gap.nearest);
    }
}
