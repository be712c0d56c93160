//! One line in, one line out: the headless face's format. The work itself is the library's.

use message_desk::connection::Connection;
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::field::Unit;
use message_desk::domain::problem::{Fault, Problem};
use message_desk::domain::request::Moment;
use message_desk::vendors;
use serde_json::{Map, Value as Json, json};

/// The answer to one line: `{"request":…}` or `{"problems":[…]}`.
pub(crate) fn answer(line: &str) -> Json {
    match request(line) {
        Ok(request) => json!({ "request": request }),
        Err(problems) => json!({ "problems": problems }),
    }
}

fn request(line: &str) -> Result<Json, Vec<Json>> {
    let act: Map<String, Json> = match serde_json::from_str(line) {
        Ok(Json::Object(act)) => act,
        Ok(_) => return Err(vec![refused("", "LINE", "not_an_object")]),
        Err(error) => {
            let fault = json!({ "code": "not_json", "line": error.line(), "column": error.column() });
            return Err(vec![json!({ "field": "", "rule": "LINE", "fault": fault })]);
        }
    };
    let known = ["operation", "connection", "values", "now", "nonce", "trace"];
    let mut strangers: Vec<Json> = act
        .keys()
        .filter(|key| !known.contains(&key.as_str()))
        .map(|key| refused(key, "LINE", "unknown_key"))
        .collect();
    let id = act.get("operation").and_then(Json::as_str).unwrap_or_default();
    let Some((vendor, operation)) = vendors::operation(id) else {
        strangers.push(refused("operation", "LINE", "unknown_operation"));
        return Err(strangers);
    };
    let mut connection_texts = texts(&act, "connection", &mut strangers);
    let named = connection_texts
        .iter()
        .position(|(name, _)| name == "vendor")
        .map(|at| connection_texts.remove(at).1);
    if named.is_some_and(|named| named != vendor.id) {
        strangers.push(refused("vendor", "LINE", "operation_of_another_vendor"));
    }
    let values: Values = texts(&act, "values", &mut strangers).into_iter().collect();
    // The rest is judged all the same, so that everything wrong is said at once.
    let now = act.get("now").and_then(Json::as_i64).unwrap_or_else(|| {
        strangers.push(refused("now", "LINE", "milliseconds_wanted"));
        0
    });
    let nonce = text(&act, "nonce", &mut strangers).unwrap_or_default();
    let moment = Moment { now, nonce, trace: text(&act, "trace", &mut strangers), token: None };

    let connection = Connection::open(vendor, &connection_texts.into_iter().collect(), now);
    let valid = Draft { operation, values }.validate(now);
    let (connection, valid) = match (connection, valid) {
        (Ok(connection), Ok(valid)) if strangers.is_empty() => (connection, valid),
        (connection, valid) => {
            let found = connection.err().into_iter().chain(valid.err()).flatten();
            strangers.extend(found.filter(Problem::stops).map(|problem| problem_line(&problem)));
            return Err(strangers);
        }
    };
    let signed = connection.request(valid).and_then(|request| connection.sign(request, &moment));
    let signed = signed.map_err(|problem| vec![problem_line(&problem)])?;
    let headers: Map<String, Json> =
        signed.headers().iter().map(|header| (header.name.to_owned(), Json::from(header.sent()))).collect();
    Ok(json!({
        "method": signed.request().method().as_str(),
        "url": connection.address(&signed),
        "headers": headers,
        "body": signed.request().body(),
    }))
}

/// The texts of an object; `null` counts as not filled in, anything but text is refused.
fn texts(act: &Map<String, Json>, part: &str, refusals: &mut Vec<Json>) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    match act.get(part) {
        Some(Json::Object(object)) => {
            for (name, value) in object {
                match value {
                    Json::String(text) => texts.push((name.clone(), text.clone())),
                    Json::Null => {}
                    _ => refusals.push(refused(name, "LINE", "text_wanted")),
                }
            }
        }
        _ => refusals.push(refused(part, "LINE", "object_wanted")),
    }
    texts
}

/// A text of the line itself; none when it is absent or `null`, refused when it is anything else.
fn text(act: &Map<String, Json>, name: &str, refusals: &mut Vec<Json>) -> Option<String> {
    match act.get(name) {
        Some(Json::String(text)) => Some(text.clone()),
        None | Some(Json::Null) => None,
        Some(_) => {
            refusals.push(refused(name, "LINE", "text_wanted"));
            None
        }
    }
}

fn refused(field: &str, rule: &str, fault: &str) -> Json {
    json!({ "field": field, "rule": rule, "fault": { "code": fault } })
}

fn problem_line(problem: &Problem) -> Json {
    json!({ "field": problem.field, "rule": problem.rule, "fault": fault(&problem.fault) })
}

fn fault(fault: &Fault) -> Json {
    let mut line = match fault {
        Fault::OverLimit { limit, actual, unit, .. } => {
            let unit = match unit {
                Unit::Utf16 => "utf16",
                Unit::Bytes => "bytes",
                Unit::JsonBytes => "json_bytes",
                Unit::Items => "items",
            };
            json!({ "limit": limit, "actual": actual, "unit": unit })
        }
        Fault::OutOfRange { min, max } => json!({ "min": min, "max": max }),
        Fault::NotAChoice { allowed } => json!({ "allowed": allowed }),
        Fault::NotJson { line, column, .. } => json!({ "line": line, "column": column }),
        Fault::ForbiddenCharacter { found } => json!({ "found": found }),
        Fault::UnusualCharacters { found } => json!({ "found": found }),
        Fault::UnusualLength { longest, actual } => json!({ "limit": longest, "actual": actual }),
        Fault::UnknownField { name } => json!({ "name": name }),
        Fault::Said { facts, .. } => {
            facts.iter().map(|(name, fact)| ((*name).to_owned(), Json::from(fact.as_str()))).collect()
        }
        Fault::Required
        | Fault::NotAnInteger
        | Fault::ScientificNotation
        | Fault::NotANumber
        | Fault::NotAFlag
        | Fault::NotAnObject
        | Fault::NotAListOfObjects
        | Fault::RowsAndRaw
        | Fault::DoesNotApply { .. }
        | Fault::NotAnAddress
        | Fault::ReadAs { .. }
        | Fault::Duplicates { .. } => json!({}),
    };
    if let Json::Object(object) = &mut line {
        object.insert("code".to_owned(), Json::from(fault.code()));
    }
    line
}
