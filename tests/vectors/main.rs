//! Walks the vectors: every case is taken down the whole road, and the first stage that differs is named.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

#[expect(dead_code, reason = "other tests read the vectors too, each what it needs")]
mod case;
mod endings;
mod lists;
mod properties;
mod signing;

use std::collections::BTreeMap;

use case::{Case, RULES, STAGES, spelt, values};
use message_desk::connection::Connection;
use message_desk::domain::draft::Draft;
use message_desk::domain::field::Severity;
use message_desk::domain::message::{Message, State};
use message_desk::domain::operation::Operation;
use message_desk::domain::outcome::{Outcome, ReceiverEnding, Repeat, Verdict};
use message_desk::domain::problem::Problem;
use message_desk::domain::reply::{Ending, Reply, conclude};
use message_desk::domain::request::Moment;
use message_desk::domain::validation::{Valid, check};
use message_desk::vendors;
use message_desk::vendors::yunxin::signing::string_to_sign;
use serde_json::{Value as Json, json};

#[test]
fn every_case_goes_down_the_whole_road() {
    let cases = case::all();
    assert!(cases.len() > 100, "only {} cases were found", cases.len());
    let failures: Vec<_> = cases.iter().filter_map(|case| judge(case).err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases differ:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

#[test]
fn nothing_but_cases_stands_in_the_folder() {
    assert_eq!(case::strays(), Vec::<String>::new());
}

#[test]
fn every_operation_has_passing_and_failing_cases() {
    let cases = case::all();
    for operation in vendors::ALL.iter().flat_map(|vendor| vendor.operations) {
        let of = |stage: &str| {
            cases.iter().any(|case| case.operation == operation.id && case.files.contains_key(stage))
        };
        assert!(of("request.json") && of("problems.json") && of("outcome.json"), "{}", operation.id);
    }
}

/// What the road makes of a case, stage by stage, as its files would say it.
fn road(
    operation: &'static Operation,
    vendor: &'static message_desk::domain::vendor::Vendor,
    case: &Case,
) -> BTreeMap<&'static str, Json> {
    let typed = case.draft();
    let mut stages = BTreeMap::new();
    let draft = Draft { operation, values: values(&typed.values) };
    let texts = values(&typed.connection);
    let opened = Connection::open(vendor, &texts, typed.now);
    let mut problems = match &opened {
        Ok(_) => check(vendor.connection, &texts, typed.now).problems,
        Err(problems) => problems.clone(),
    };
    problems.extend(draft.check(typed.now).problems);
    let valid = draft.validate(typed.now);
    if let (Ok(connection), Ok(valid)) = (opened, valid) {
        match connection.request(valid.clone()) {
            Ok(request) => {
                stages.insert("request.json", json!({ "method": request.method().as_str(), "url": request.url(), "body": request.body() }));
                let moment = Moment { now: typed.now, nonce: typed.nonce, trace: typed.trace, token: None };
                match connection.sign(request, &moment) {
                    Ok(signed) => {
                        if !connection.proxy().is_direct() {
                            stages.insert("address.txt", Json::from(connection.address(&signed)));
                        }
                        let headers: serde_json::Map<_, _> = signed
                            .headers()
                            .iter()
                            .map(|header| (header.name.to_owned(), Json::from(header.sent())))
                            .collect();
                        let text = |name: &str| {
                            headers.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
                        };
                        // The other clouds hash nothing, and a proxy that signs is left to it.
                        if headers.contains_key("CheckSum") {
                            let hashed = string_to_sign(&text("Nonce"), &text("CurTime"));
                            stages.insert("string_to_sign.txt", Json::from(hashed));
                        }
                        if signed.query() != signed.request().query() {
                            stages.insert("query.txt", Json::from(signed.query()));
                        }
                        stages.insert("signed.json", Json::Object(headers));
                    }
                    Err(problem) => problems.push(problem),
                }
            }
            Err(problem) => problems.push(problem),
        }
        if let Some(reply) = case.json("reply.json") {
            let status = reply["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
            let reply = Reply { status, body: spelt(&reply["body"]) };
            stages
                .insert("outcome.json", told(operation, &valid, &conclude(&valid, &Ending::Replied(reply))));
        }
    }
    if !problems.is_empty() {
        stages.insert("problems.json", listed(problems.iter().map(problem_json).collect()));
    }
    stages
}

/// Compares a case with what the road makes of it; says the first stage that differs.
fn judge(case: &Case) -> Result<(), String> {
    let title = case.title();
    if case.files.is_empty() {
        return Err(format!("{title}: the folder is empty"));
    }
    if let Some(file) = case.files.keys().find(|file| !STAGES.contains(&file.as_str()) && *file != RULES) {
        return Err(format!("{title}: {file} is no stage"));
    }
    if !case.files.contains_key("draft.json") {
        return Err(format!("{title}: draft.json is missing"));
    }
    let Some((vendor, operation)) = vendors::operation(&case.operation) else {
        return Err(format!("{title}: there is no operation {}", case.operation));
    };
    let made = road(operation, vendor, case);
    for stage in STAGES.iter().filter(|stage| !["draft.json", "reply.json"].contains(stage)) {
        match (expected(case, stage), made.get(stage)) {
            (None, None) => {}
            (Some(_), None) => {
                return Err(format!(
                    "{title}: {stage} is there, but the road does not reach it{}",
                    said(&made)
                ));
            }
            (None, Some(made)) => return Err(format!("{title}: {stage} is missing; the road makes {made}")),
            (Some(expected), Some(made)) if expected == *made => {}
            (Some(expected), Some(made)) => {
                return Err(format!("{title}: {stage} differs\n  wanted {expected}\n  made   {made}"));
            }
        }
    }
    Ok(())
}

fn said(made: &BTreeMap<&'static str, Json>) -> String {
    made.get("problems.json").map_or_else(String::new, |problems| format!(": {problems}"))
}

/// A stage as the case wants it, its notation spelt out.
fn expected(case: &Case, stage: &str) -> Option<Json> {
    match stage {
        "string_to_sign.txt" | "query.txt" | "address.txt" => case.text(stage).map(Json::from),
        "problems.json" => match case.json(stage)? {
            Json::Array(problems) => Some(listed(problems)),
            other => Some(other),
        },
        "request.json" => {
            let mut request = case.json(stage)?;
            for part in ["url", "body"] {
                if !request[part].is_null() {
                    request[part] = Json::from(spelt(&request[part]));
                }
            }
            Some(request)
        }
        "signed.json" => {
            let headers = case.json(stage)?;
            let headers = headers
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), Json::from(spelt(value))));
            Some(Json::Object(headers.collect()))
        }
        _ => case.json(stage),
    }
}

/// Problems in an order of their own: the contract promises all at once, not in which order.
fn listed(mut problems: Vec<Json>) -> Json {
    problems.sort_by_key(Json::to_string);
    Json::Array(problems)
}

fn problem_json(problem: &Problem) -> Json {
    let severity = match problem.severity {
        Severity::Stops => "stops",
        Severity::Warns => "warns",
    };
    json!({ "field": problem.field, "rule": problem.rule, "code": problem.fault.code(), "severity": severity })
}

fn told(operation: &Operation, valid: &Valid, outcome: &Outcome) -> Json {
    let verdict = match outcome.verdict {
        Verdict::NotSent => "not_sent",
        Verdict::Refused => "refused",
        Verdict::Accepted => "accepted",
        Verdict::Partial => "partial",
        Verdict::Unknown => "unknown",
    };
    let repeat = match outcome.advice.repeat {
        Repeat::Useless => "useless",
        Repeat::AfterFix => "after_fix",
        Repeat::Later => "later",
        Repeat::AfterRenewal => "after_renewal",
        Repeat::Dangerous => "dangerous",
        Repeat::OnlyTheRest => "only_the_rest",
        Repeat::Done => "done",
    };
    let mut told =
        json!({ "verdict": verdict, "repeat": repeat, "code": outcome.code, "message": outcome.message });
    if !outcome.receivers.is_empty() {
        let (sent, refused, unknown) = outcome.counts();
        told["counts"] = json!({ "sent": sent, "refused": refused, "unknown": unknown });
        let receivers = outcome.receivers.iter().map(|receiver| match &receiver.ending {
            ReceiverEnding::Sent(message) => {
                json!({ "receiver": receiver.receiver, "sent": { "id": message.id, "time": message.time } })
            }
            ReceiverEnding::Refused { code, message, advice } => {
                json!({ "receiver": receiver.receiver, "refused": { "code": code, "message": message, "known": advice.is_some() } })
            }
            ReceiverEnding::Unknown => json!({ "receiver": receiver.receiver, "unknown": {} }),
        });
        told["receivers"] = receivers.collect();
    }
    if !outcome.facts.is_empty() {
        told["facts"] = outcome.facts.iter().map(|(name, fact)| json!([name, fact])).collect();
    }
    if let Some(found) = &outcome.found {
        told["found"] = found.messages.iter().map(message_json).collect();
        if let Some(next) = &found.next {
            told["next"] = next
                .iter()
                .map(|(name, text)| (name.to_owned(), Json::from(text)))
                .collect::<serde_json::Map<_, _>>()
                .into();
        }
    }
    let follow = (operation.follow)(valid, outcome);
    if !follow.is_empty() {
        let offered = follow.iter().map(|follow| {
            let filled = follow.values.iter().filter(|(_, text)| !text.is_empty());
            let values: serde_json::Map<_, _> =
                filled.map(|(name, text)| ((*name).to_owned(), Json::from(text.as_str()))).collect();
            json!({ "operation": follow.operation, "about": follow.about, "values": values })
        });
        told["follow"] = offered.collect();
    }
    told
}

/// What is seen of a message that was found; what it fills in is tested where it is made.
fn message_json(message: &Message) -> Json {
    let state = match message.state {
        State::Stands => "stands",
        State::Changed => "changed",
        State::Recalled => "recalled",
        State::Gone => "gone",
        State::Unreadable => return json!({ "state": "unreadable", "raw": message.raw.to_string() }),
    };
    json!({ "id": message.id, "sender": message.sender, "receiver": message.receiver, "time": message.time, "kind": message.kind, "text": message.text, "state": state })
}

/// What is offered next is an act that exists, filled in so that nothing is wrong but what a person still has to choose.
#[test]
fn every_follow_up_fits_its_form() {
    let cases = case::all();
    let outcomes = cases.iter().filter_map(|case| Some((case, case.json("outcome.json")?)));
    let mut offered = 0;
    for (case, outcome) in outcomes {
        for follow in outcome["follow"].as_array().into_iter().flatten() {
            let id = follow["operation"].as_str().unwrap();
            let (_, operation) = vendors::operation(id).unwrap_or_else(|| panic!("{}: {id}", case.title()));
            let filled = follow["values"].as_object().unwrap().iter();
            let values =
                filled.map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned())).collect();
            let checked = Draft { operation, values }.check(case.draft().now);
            let wrong: Vec<_> =
                checked.stops().filter(|problem| problem.fault.code() != "required").collect();
            assert!(wrong.is_empty(), "{}: {id}: {wrong:?}", case.title());
            offered += 1;
        }
    }
    assert!(offered > 10);
}

mod gate {
    //! The walk itself, seen to fail on broken cases.

    use super::*;

    fn sound() -> Case {
        let all = case::all();
        let case = all.into_iter().find(|case| {
            ["request.json", "string_to_sign.txt", "signed.json", "outcome.json"]
                .iter()
                .all(|stage| case.files.contains_key(*stage))
        });
        let case = case.unwrap();
        assert_eq!(judge(&case), Ok(()));
        case
    }

    fn broken(change: impl FnOnce(&mut Case)) -> String {
        let mut case = sound();
        change(&mut case);
        judge(&case).unwrap_err()
    }

    #[test]
    fn an_unknown_file_is_refused() {
        assert!(
            broken(|case| drop(case.files.insert("notes.txt".to_owned(), String::new())))
                .contains("notes.txt is no stage")
        );
    }

    #[test]
    fn an_empty_folder_is_refused() {
        assert!(broken(|case| case.files.clear()).contains("the folder is empty"));
    }

    #[test]
    fn an_unknown_operation_is_refused() {
        assert!(
            broken(|case| "yunxin.nothing".clone_into(&mut case.operation))
                .contains("there is no operation yunxin.nothing")
        );
    }

    #[test]
    fn a_missing_stage_is_named() {
        for stage in ["draft.json", "request.json", "string_to_sign.txt", "signed.json", "outcome.json"] {
            let said = broken(|case| drop(case.files.remove(stage)));
            assert!(said.contains(&format!("{stage} is missing")), "{said}");
        }
    }

    #[test]
    fn a_stage_the_road_does_not_reach_is_named() {
        let said = broken(|case| drop(case.files.insert("address.txt".to_owned(), "https://x".to_owned())));
        assert!(said.contains("address.txt is there"), "{said}");
    }

    #[test]
    fn the_first_stage_that_differs_is_named() {
        let said = broken(|case| {
            drop(case.files.insert(
                "request.json".to_owned(),
                json!({ "method": "PUT", "url": "", "body": null }).to_string(),
            ));
            drop(case.files.insert("signed.json".to_owned(), "{}".to_owned()));
        });
        assert!(said.contains("request.json differs"), "{said}");
    }

    #[test]
    fn long_texts_are_spelt_out() {
        assert_eq!(spelt(&json!({ "repeat": "字", "times": 3 })), "字字字");
        assert_eq!(spelt(&json!({ "numbered": "user", "count": 2 })), "user1\nuser2");
        assert_eq!(spelt(&json!(["[", { "numbered": "u", "count": 2, "between": "," }, "]"])), "[u1,u2]");
    }
}
