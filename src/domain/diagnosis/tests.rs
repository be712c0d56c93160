#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, helpers included")]

use super::*;
use crate::words::Language;

fn replied(status: u16, body: &str) -> Answer {
    Answer { ending: Ending::Replied(Reply { status, body: body.to_owned() }), in_its_words: false }
}

fn cloud() -> Answer {
    Answer { in_its_words: true, ..replied(200, "{}") }
}

fn ended(ending: Ending) -> Answer {
    Answer { ending, in_its_words: false }
}

/// A way on which everything is well, from another origin, up to the call with its proof.
fn well() -> Observed {
    Observed {
        online: Some(true),
        mixed: Some(false),
        unsigned: Some(cloud()),
        methods: Some(Vec::new()),
        ..Observed::default()
    }
}

/// No answer that can be read to the call without proof.
fn silent() -> Observed {
    Observed { unsigned: Some(ended(Ending::NoConnection)), methods: None, ..well() }
}

fn stood(standing: Standing) -> Observed {
    Observed { signed: Some((cloud(), standing)), ..well() }
}

fn between_them(answer: Answer) -> Observed {
    Observed { unsigned: Some(answer), methods: None, ..well() }
}

/// Every diagnosis with what leads to it.
fn table() -> Vec<(Observed, Diagnosis)> {
    let same = |seen| Observed { same_origin: true, ..seen };
    let signing = |seen| Observed { by_proxy: true, ..seen };
    let nothing = || Observed { plainly: Some(false), anything: Some(false), ..silent() };
    vec![
        (Observed { online: Some(false), ..Observed::default() }, Diagnosis::Offline),
        (Observed { online: Some(true), mixed: Some(true), ..Observed::default() }, Diagnosis::MixedContent),
        (between_them(ended(Ending::Withheld(Withheld::Shut))), Diagnosis::Shut),
        (between_them(ended(Ending::NotBuilt)), Diagnosis::NotBuilt),
        (
            Observed {
                signed: Some((ended(Ending::Withheld(Withheld::Unsigned)), Standing::Refused)),
                ..well()
            },
            Diagnosis::Unsigned,
        ),
        (
            Observed {
                signed: Some((ended(Ending::Withheld(Withheld::Policy)), Standing::Refused)),
                ..well()
            },
            Diagnosis::Policy,
        ),
        (Observed { policy: true, ..silent() }, Diagnosis::Policy),
        (Observed { private: Some(true), ..nothing() }, Diagnosis::PrivateNetwork),
        (Observed { private: Some(false), ..nothing() }, Diagnosis::Unreachable),
        (same(silent()), Diagnosis::Unreachable),
        (Observed { plainly: Some(false), anything: Some(true), ..silent() }, Diagnosis::RefusesPage),
        (
            Observed { plainly: Some(true), headers: Some(vec!["Nonce"]), ..silent() },
            Diagnosis::HeaderRefused(vec!["Nonce"]),
        ),
        (Observed { plainly: Some(true), headers: Some(Vec::new()), ..silent() }, Diagnosis::HidesAnswer),
        (Observed { methods: Some(vec!["DELETE"]), ..well() }, Diagnosis::MethodRefused(vec!["DELETE"])),
        (between_them(ended(Ending::TimedOut)), Diagnosis::TimedOut),
        (between_them(ended(Ending::Redirected)), Diagnosis::Redirected),
        (between_them(ended(Ending::Cut { status: 200 })), Diagnosis::Unreadable(200)),
        (between_them(replied(200, " <!doctype html>")), Diagnosis::LoginPage(200)),
        (between_them(replied(200, "ok")), Diagnosis::Unreadable(200)),
        (between_them(replied(404, "")), Diagnosis::RouteUnknown(404)),
        (between_them(replied(404, "Not found because of proxy error")), Diagnosis::Gateway(404)),
        (between_them(replied(403, "{\"code\":403}")), Diagnosis::ProxyRefused(403)),
        (between_them(replied(401, "sign in")), Diagnosis::ProxyRefused(401)),
        (between_them(replied(502, "")), Diagnosis::Gateway(502)),
        (between_them(replied(504, "{}")), Diagnosis::Gateway(504)),
        (
            Observed { signed: Some((ended(Ending::NoConnection), Standing::Refused)), ..well() },
            Diagnosis::BrokeOff,
        ),
        (
            Observed { signed: Some((replied(200, "{}"), Standing::Refused)), ..well() },
            Diagnosis::Unreadable(200),
        ),
        (signing(between_them(replied(401, "{\"error\":\"who?\"}"))), Diagnosis::SignOn),
        (signing(stood(Standing::SignatureRefused)), Diagnosis::ProxyProof),
        (signing(stood(Standing::SignatureOrClock)), Diagnosis::ProxyProof),
        (Observed { skew: Some(601), ..signing(stood(Standing::ClockOff)) }, Diagnosis::ProxyProof),
        (signing(stood(Standing::IpRefused)), Diagnosis::IpRefused),
        (signing(stood(Standing::Ready)), Diagnosis::Ready),
        (stood(Standing::ClockOff), Diagnosis::ClockOff(None)),
        (Observed { skew: Some(-601), ..stood(Standing::SignatureOrClock) }, Diagnosis::ClockOff(Some(-601))),
        (Observed { skew: Some(300), ..stood(Standing::SignatureOrClock) }, Diagnosis::SignatureRefused),
        // A cloud that would have spoken of the time had it been that.
        (Observed { skew: Some(601), ..stood(Standing::SignatureRefused) }, Diagnosis::SignatureRefused),
        (Observed { skew: Some(601), ..stood(Standing::Ready) }, Diagnosis::Ready),
        (stood(Standing::KeyUnknown), Diagnosis::KeyUnknown),
        (stood(Standing::NotAdmin), Diagnosis::NotAdmin),
        (stood(Standing::WrongRegion), Diagnosis::WrongRegion),
        (stood(Standing::IpRefused), Diagnosis::IpRefused),
        (stood(Standing::Refused), Diagnosis::Refused),
        (same(stood(Standing::Ready)), Diagnosis::Ready),
    ]
}

#[test]
fn what_was_seen_leads_to_what_is_said() {
    for (seen, found) in table() {
        assert_eq!(next(&seen), Next::Found(found), "{seen:?}");
    }
}

#[test]
fn nothing_with_a_proof_is_asked_before_the_way_was_found_good() {
    let early = [
        (Observed::default(), Question::Online),
        (Observed { online: Some(true), ..Observed::default() }, Question::Scheme),
        (Observed { unsigned: None, ..well() }, Question::Unsigned),
        (silent(), Question::Plainly),
        (Observed { plainly: Some(true), ..silent() }, Question::Headers),
        (Observed { plainly: Some(false), ..silent() }, Question::Anything),
        (Observed { plainly: Some(false), anything: Some(false), ..silent() }, Question::Private),
        (Observed { methods: None, ..well() }, Question::Methods),
        (between_them(replied(401, "{\"error\":\"unauthorized\"}")), Question::Methods),
        (well(), Question::Signed),
        (Observed { methods: None, same_origin: true, ..well() }, Question::Signed),
    ];
    for (seen, question) in early {
        assert_eq!(next(&seen), Next::Ask(question), "{seen:?}");
    }
    // Whatever is wrong with the way is known without a proof, and one would change nothing.
    for (seen, found) in table().into_iter().filter(|(seen, _)| seen.signed.is_none()) {
        let with_proof = Observed { signed: Some((cloud(), Standing::Ready)), ..seen };
        assert_eq!(next(&with_proof), Next::Found(found));
    }
}

#[test]
fn every_question_says_what_came_back_and_every_fact_of_a_sentence_is_there() {
    let places = ["host", "cloud", "origin", "headers", "code", "meaning", "message", "next"];
    for (seen, found) in table() {
        let said = found.said();
        let facts = found.facts();
        for piece in said.says.pieces(Language::English).chain(said.among.pieces(Language::English)) {
            let crate::words::Piece::Fact(name) = piece else { continue };
            assert!(
                places.contains(&name) || facts.iter().any(|(known, _)| *known == name),
                "{found:?} {name}"
            );
        }
        assert!(!came_back(Question::Unsigned, &Observed { unsigned: None, ..seen }).0);
    }
    assert_eq!(
        came_back(Question::Methods, &Observed { methods: Some(vec!["PUT", "DELETE"]), ..well() }),
        (false, words::NAMES_REFUSED, "PUT, DELETE".to_owned())
    );
    assert_eq!(came_back(Question::Unsigned, &well()), (true, words::THE_CLOUD, "200".to_owned()));
    assert!(!came_back(Question::Signed, &stood(Standing::KeyUnknown)).0);
    assert!(came_back(Question::Signed, &stood(Standing::Ready)).0);
}

#[test]
fn the_page_about_proxies_lists_every_finding_in_these_words() {
    let page = include_str!("../../../docs/proxy.md");
    for (_, found) in table() {
        let said = found.said();
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", said.code)));
        let row = row.unwrap_or_else(|| panic!("docs/proxy.md has no row for {}", said.code));
        if matches!(found, Diagnosis::ClockOff(None)) {
            continue;
        }
        for language in [Language::Chinese, Language::English] {
            assert!(row.contains(said.says.text(language)), "{}: {}", said.code, said.says.text(language));
        }
    }
}
