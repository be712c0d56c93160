use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::words::{Language, Piece};

const NOW: i64 = 1_700_000_000;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../tests/usersig/vectors.json")).unwrap()
}

fn cases() -> Vec<Value> {
    vectors()["cases"].as_array().unwrap().clone()
}

fn case(name: &str) -> Value {
    cases().into_iter().find(|case| case["name"] == name).unwrap()
}

fn text(case: &Value, name: &str) -> String {
    case[name].as_str().unwrap().to_owned()
}

fn key(case: &Value) -> Secret {
    Secret::new(text(case, "key"))
}

fn number(case: &Value, name: &str) -> i64 {
    case[name].as_i64().unwrap()
}

fn app(case: &Value) -> u64 {
    case["sdkappid"].as_u64().unwrap()
}

fn has_userbuf(case: &Value) -> bool {
    case.get("userbuf_hex").is_some()
}

fn issued(case: &Value) -> String {
    let (time, expire) = (number(case, "time"), number(case, "expire"));
    issue(app(case), &text(case, "identifier"), &key(case), time, expire).reveal().to_owned()
}

/// What a UserSig says, read with serde_json.
fn inside(user_sig: &str) -> Value {
    let inflated = decompress_to_vec_zlib_with_limit(&unarmour(user_sig).unwrap(), 100_000).unwrap();
    serde_json::from_slice(&inflated).unwrap()
}

/// What the vendor does after `inspect`'s checks: makes the signature again.
fn signature_fits(user_sig: &str, key: &Secret) -> bool {
    let claims = inside(user_sig);
    let identifier = claims["TLS.identifier"].as_str().unwrap();
    let (time, expire) = (claims["TLS.time"].as_i64().unwrap(), claims["TLS.expire"].as_i64().unwrap());
    let signed = signed_text(claims["TLS.sdkappid"].as_u64().unwrap(), identifier, time, expire);
    claims["TLS.sig"] == mac(key, &signed)
}

fn inspected(case: &Value, user_sig: &str) -> Result<Inspected, Flaw> {
    inspect(user_sig, app(case), &text(case, "identifier"), number(case, "time"))
}

#[test]
fn the_signature_equals_the_vectors() {
    assert_eq!(cases().len(), 10);
    for case in cases() {
        assert_eq!(mac(&key(&case), &text(&case, "signed_text")), case["tls_sig"], "{}", case["name"]);
    }
}

#[test]
fn a_user_sig_says_what_the_vectors_say() {
    for case in cases().iter().filter(|case| !has_userbuf(case)) {
        let (identifier, time) = (text(case, "identifier"), number(case, "time"));
        let signed = signed_text(app(case), &identifier, time, number(case, "expire"));
        assert_eq!(signed, case["signed_text"], "{}", case["name"]);
        let ours = issued(case);
        assert_eq!(inside(&ours), inside(&text(case, "usersig")), "{}", case["name"]);
        assert!(signature_fits(&ours, &key(case)), "{}", case["name"]);
        assert!(ours.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-_".contains(&byte)), "{ours}");
        if let Some(stored) = case.get("usersig_stored") {
            assert_eq!(&ours, stored, "{}", case["name"]);
        }
    }
}

#[test]
fn the_vectors_are_read_whether_compressed_or_not() {
    for case in cases() {
        let expected = if has_userbuf(&case) {
            Err(Flaw::ForRooms)
        } else {
            let issued_at_s = number(&case, "time");
            Ok(Inspected { issued_at_s, expires_at_s: issued_at_s + number(&case, "expire") })
        };
        for form in ["usersig", "usersig_stored"] {
            if case.get(form).is_some() {
                assert_eq!(inspected(&case, &text(&case, form)), expected, "{}", case["name"]);
            }
        }
    }
}

/// N1 and N2: only the vendor, who has the key, can tell.
#[test]
fn a_forged_one_reads_well_but_its_signature_does_not_fit() {
    let u1 = case("U1");
    for forged in vectors()["forged"].as_array().unwrap() {
        let user_sig = text(forged, "usersig");
        assert!(inspect(&user_sig, app(&u1), &text(forged, "identifier"), NOW).is_ok(), "{forged}");
        assert!(!signature_fits(&user_sig, &key(&u1)), "{forged}");
    }
}

/// N3: good in its last second.
#[test]
fn it_expires_after_its_last_second() {
    let u1 = text(&case("U1"), "usersig");
    let at = |now_s| inspect(&u1, 1_400_000_000, "xiaojun", now_s).map(|inspected| inspected.expires_at_s);
    assert_eq!(at(1_715_552_000), Ok(1_715_552_000));
    assert_eq!(at(1_715_552_001), Err(Flaw::Expired { expired_at_s: 1_715_552_000 }));
}

/// N4: nothing but the signature differs.
#[test]
fn another_apps_key_does_not_fit() {
    let (u1, u3) = (case("U1"), case("U3"));
    assert!(signature_fits(&text(&u3, "usersig"), &key(&u3)));
    assert!(!signature_fits(&text(&u3, "usersig"), &key(&u1)));
}

/// N5.
#[test]
fn another_app_or_account_is_named() {
    let u1 = text(&case("U1"), "usersig");
    let compared = |found: &str, expected: &str| (found.to_owned(), expected.to_owned());
    let (found, expected) = compared("1400000000", "1400000001");
    assert_eq!(inspect(&u1, 1_400_000_001, "xiaojun", NOW), Err(Flaw::OtherApp { found, expected }));
    let (found, expected) = compared("xiaojun", "xiaojun2");
    assert_eq!(inspect(&u1, 1_400_000_000, "xiaojun2", NOW), Err(Flaw::OtherAccount { found, expected }));
}

/// N6, at every length.
#[test]
fn a_part_of_one_is_incomplete() {
    for form in ["usersig", "usersig_stored"] {
        let whole = text(&case("U1"), form);
        for length in 2..whole.len() {
            assert_eq!(inspected(&case("U1"), &whole[..length]), Err(Flaw::Incomplete), "{length}");
        }
    }
}

/// N8.
#[test]
fn the_known_mistakes_of_signers_are_not_made() {
    let u1 = case("U1");
    let wrong = vectors()["wrong_tls_sigs"].clone();
    assert_eq!(wrong.as_array().unwrap().len(), 3);
    for mistake in wrong.as_array().unwrap() {
        assert_ne!(inside(&issued(&u1))["TLS.sig"], mistake["tls_sig"], "{mistake}");
    }
}

#[test]
fn what_is_something_else_is_said_so() {
    let u1 = text(&case("U1"), "usersig");
    let of = |json: Value| armour(&zlib(json.to_string().as_bytes()));
    let swapped = u1.replace('-', "/");
    for (pasted, flaw) in [
        ("", Flaw::NotAUserSig),
        ("管理员", Flaw::NotAUserSig),
        ("e", Flaw::NotAUserSig),
        ("YWMtabcdef", Flaw::NotAUserSig),
        (&text(&case("U1"), "key"), Flaw::IsTheKey),
        (&text(&case("U1"), "key").to_uppercase(), Flaw::IsTheKey),
        (&u1.replacen("Vgrx", "Vg rx", 1), Flaw::Incomplete),
        (&swapped, Flaw::Incomplete),
        (&u1.replacen("Vgrx", "Vgry", 1), Flaw::Incomplete),
        (&of(json!(["TLS.sig"])), Flaw::Incomplete),
        (&of(json!({})), Flaw::Unfamiliar),
        (&of(json!({ "TLS.version": "1", "TLS.sdk_appid": "1400000000" })), Flaw::Unfamiliar),
    ] {
        assert_eq!(inspected(&case("U1"), pasted), Err(flaw), "{pasted}");
    }
    assert!(swapped != u1 && inspected(&case("U1"), &format!(" {u1}\r\n")).is_ok());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = armour(&zlib(format!("[{}1]", "1,".repeat(MOST_BYTES)).as_bytes()));
    assert_eq!(inspected(&case("U1"), &bomb), Err(Flaw::Incomplete));
}

#[test]
fn every_flaw_has_a_sentence_of_its_own_with_its_facts() {
    let (found, expected) = ("a".to_owned(), "b".to_owned());
    let other = (found.clone(), expected.clone());
    let flaws = [
        Flaw::NotAUserSig,
        Flaw::IsTheKey,
        Flaw::Incomplete,
        Flaw::Unfamiliar,
        Flaw::OtherApp { found, expected },
        Flaw::OtherAccount { found: other.0, expected: other.1 },
        Flaw::Expired { expired_at_s: NOW },
        Flaw::ForRooms,
    ];
    let mut said = Vec::new();
    for flaw in &flaws {
        let Fault::Said { code, says, facts } = flaw.fault() else { panic!("{flaw:?}") };
        for piece in says.pieces(Language::Chinese) {
            let Piece::Fact(name) = piece else { continue };
            assert!(facts.iter().any(|(known, _)| *known == name), "{code} {name}");
        }
        assert!(!said.contains(&says) && !code.is_empty(), "{code}");
        said.push(says);
    }
    assert_eq!(said.len(), words::ALL.len());
}

proptest! {
    #[test]
    fn what_is_issued_is_accepted(app in any::<u32>(), identifier in "\\PC{0,40}|[\"\\\\/\u{1}-\u{1f}]{1,9}", key in "\\PC{0,99}", time in 0..4_102_444_800_i64, life in 0..99_999_999_i64) {
        let key = Secret::new(key);
        let user_sig = issue(app.into(), &identifier, &key, time, life);
        let read = inspect(user_sig.reveal(), app.into(), &identifier, time + life);
        prop_assert_eq!(read, Ok(Inspected { issued_at_s: time, expires_at_s: time + life }));
        prop_assert!(signature_fits(user_sig.reveal(), &key));
    }

    #[test]
    fn any_text_can_be_judged(pasted in "\\PC*|e[A-P][A-Za-z0-9*_-]{0,300}") {
        prop_assert!(inspect(&pasted, 1_400_000_000, "xiaojun", NOW).is_err());
    }

    #[test]
    fn long_streams_are_stored_in_blocks(length in 0..200_000_usize) {
        let bytes = vec![b'x'; length];
        prop_assert_eq!(decompress_to_vec_zlib_with_limit(&zlib(&bytes), 300_000).ok(), (length > 0).then_some(bytes));
    }
}
