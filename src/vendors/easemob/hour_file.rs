//! `easemob.find_hour_file`: the address of the file that holds an hour's messages (E-HIS-4, E-HIS-5), and the connection test.

use super::ids::HOUR;
use super::{foresee, reply};
use crate::domain::field::{Field, Kind};
use crate::domain::form::Form;
use crate::domain::json::Json;
use crate::domain::operation::{Danger, Fact, Group, Method, Operation, Rule, Scope, Segment, Targets, Verb};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::reply::Reply;
use crate::domain::validation::{Readings, Valid};
use crate::domain::vendor::{Probe, Standing};
use crate::words::easemob as words;

/// Which hour: `yyyyMMddHH`, in Beijing time on mainland clusters and in UTC elsewhere (E-URL-7).
pub static TIME: Field =
    Field::path("time", words::HOUR, Kind::Id(&HOUR), "E-HIS-5").required("E-HIS-5").hint(words::HOUR_HINT);

/// Where the file of an hour is.
pub static FIND_HOUR_FILE: Operation = Operation {
    id: "easemob.find_hour_file",
    verb: Verb::Find,
    title: words::HOUR_FILE,
    vendor_name: words::HOUR_FILE_VENDOR,
    short: words::HOUR_FILE_SHORT,
    method: Method::Get,
    path: &[Segment::App, Segment::Literal("chatmessages"), Segment::Of(&TIME)],
    form: Form {
        groups: &[Group::open(words::GROUP_WHEN, &[&TIME])],
        rules: &[Rule { id: "E-HIS-5", check: hour_exists }],
    },
    danger: Danger::Looks,
    act: words::FIND_ACT,
    spacing: None,
    targets: Targets::One,
    scope: |valid| Scope { says: words::HOUR_SCOPE, facts: vec![("hour", Fact::Text(valid.text(&TIME)))] },
    explain,
    unanswered: |_| Vec::new(),
    follow: |_, _| Vec::new(),
    foresee: foresee::hour,
    read_back: None,
};

/// Milliseconds since 1970 of an hour's start, as if it were UTC.
pub(super) fn start_of(hour: &str) -> Option<i64> {
    let part = |from: usize, to: usize| hour.get(from..to)?.parse::<i64>().ok();
    let (year, month, day, hour_of_day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?, part(8, 10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if hour.len() != 10 || !(1..=longest).contains(&day) || hour_of_day > 23 || year < 1970 {
        return None;
    }
    // Days since 1970, with years that begin in March.
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1 - 719_468;
    Some((days * 24 + hour_of_day) * 3_600_000)
}

fn hour_exists(readings: &Readings) -> Option<Problem> {
    readings.value(&TIME)?;
    let fault = Fault::said("no_such_hour", words::HOUR_WRONG);
    start_of(readings.text(&TIME)).is_none().then(|| Problem::stop(TIME.name, "E-HIS-5", fault))
}

const LINK: Advice =
    Advice { meaning: words::LINK, cause: words::LINK_CAUSE, next: words::LINK_NEXT, repeat: Repeat::Done };

fn explain(_: &Valid, answer: &Reply) -> Option<Outcome> {
    let mut urls = Vec::new();
    let mut outcome = reply::looked(answer, |json| {
        let data = json.get("data")?;
        let entries = data.as_list().unwrap_or(std::slice::from_ref(data));
        urls = entries.iter().filter_map(|entry: &Json| reply::text(entry, "url")).collect();
        Some((if urls.is_empty() { reply::ANSWERED } else { LINK }, None))
    })?;
    outcome.facts.extend(urls.into_iter().map(|url| ("url".to_owned(), url)));
    Some(outcome)
}

/// Asks for an hour that is long gone: whatever is said about the file, it shows that app and token were accepted.
pub(super) const PROBE: Probe =
    Probe { operation: &FIND_HOUR_FILE, values: &[("time", "2015010100")], judge };

fn judge(outcome: &Outcome) -> Standing {
    let code = outcome.code.as_deref().unwrap_or_default();
    let message = outcome.message.to_ascii_lowercase();
    let (status, error) = code.split_once(' ').unwrap_or((code, ""));
    match (status, error) {
        _ if message.contains("client_secret") => Standing::SignatureRefused,
        _ if message.contains("client_id") => Standing::KeyUnknown,
        (_, "organization_application_not_found") => Standing::KeyUnknown,
        // What is said to an address that is not on the console's list is not documented: only a mention of it counts.
        ("401" | "403", _) if message.contains("whitelist") || message.contains("white list") => {
            Standing::IpRefused
        }
        ("401", _) => Standing::SignatureRefused,
        ("400", "illegal_argument") | ("404", "storage_object_not_found") => Standing::Ready,
        _ if outcome.verdict == Verdict::Accepted => Standing::Ready,
        _ => Standing::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_found_on_the_clock() {
        for (hour, start) in [
            ("1970010100", Some(0)),
            ("2000022923", Some(951_865_200_000)),
            ("2023111422", Some(1_699_999_200_000)),
            ("2023022900", None),
            ("2023130100", None),
            ("2023010124", None),
            ("202301010", None),
            ("2023010100x", None),
        ] {
            assert_eq!(start_of(hour), start, "{hour}");
        }
    }

    #[test]
    fn the_test_tells_app_token_and_the_rest_apart() {
        let probe = |status, body: &str| {
            let answer = Reply { status, body: body.to_owned() };
            let mut urls = None;
            let outcome = reply::looked(&answer, |json| {
                urls = json.get("data").cloned();
                Some((reply::ANSWERED, None))
            });
            judge(&outcome.unwrap())
        };
        let said = |error: &str, description: &str| {
            format!(r#"{{"error":"{error}","error_description":"{description}","timestamp":1}}"#)
        };
        for (status, body, standing) in [
            (200, r#"{"data":[]}"#.to_owned(), Standing::Ready),
            (400, said("illegal_argument", "illegal arguments: time"), Standing::Ready),
            (404, said("storage_object_not_found", "Failed to find chat message history"), Standing::Ready),
            (
                401,
                said("unauthorized", "Unable to authenticate due to expired access token"),
                Standing::SignatureRefused,
            ),
            (401, said("auth_bad_access_token", "Unable to authenticate"), Standing::SignatureRefused),
            (
                404,
                said("organization_application_not_found", "Could not find application"),
                Standing::KeyUnknown,
            ),
            (400, said("invalid_grant", "client_id does not match"), Standing::KeyUnknown),
            (400, said("invalid_grant", "client_secret does not match"), Standing::SignatureRefused),
            (403, said("forbidden_op", "service is unopened"), Standing::Refused),
            (403, said("forbidden_op", "ip is not in whitelist"), Standing::IpRefused),
            (429, said("reach_limit", "This request has reached api limit"), Standing::Refused),
            (500, said("web_application", ""), Standing::Refused),
        ] {
            assert_eq!(probe(status, &body), standing, "{body}");
        }
    }
}
