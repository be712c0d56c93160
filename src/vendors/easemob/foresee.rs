//! What will come of an act, by the vendor's rules. A time made from an id is a hint and never says "fails" (E-ID-5).

use super::ids;
use super::{content, delete, find, hour_file, message, recall, rewrite, send};
use crate::domain::draft::Values;
use crate::domain::field::{Field, RuleId};
use crate::domain::foresight::{Fate, Forecast, Foresight};
use crate::domain::json::Json;
use crate::domain::message::{Message, State};
use crate::domain::rows;
use crate::words::{Words, easemob as words};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// No plan stores messages for longer, unless the app's owner says so.
const STORAGE_LONGEST: i64 = 90;
/// Every plan stores them for this long.
const STORAGE_SHORTEST: i64 = 3;

fn told(fate: Fate, rule: RuleId, says: Words, facts: &[(&'static str, String)]) -> Forecast {
    Forecast { facts: facts.to_vec(), ..Forecast::new(fate, rule, says) }
}

/// A number of the connection's second group.
/// For how many minutes a message can be recalled (E-RCL-3).
pub(super) fn recall_minutes(tenant: &Values) -> i64 {
    tenant.get("tenant.recall_minutes").parse().unwrap_or(2)
}

fn tenant(foresight: &Foresight, name: &str) -> Option<i64> {
    foresight.tenant.get(name).parse().ok()
}

/// What is known of a message: itself, and its age in milliseconds with whether that is only a guess.
struct Known<'a> {
    message: Option<&'a Message>,
    age: Option<i64>,
    guessed: bool,
}

fn known<'a>(foresight: &Foresight<'a>, id: &str) -> Known<'a> {
    let message = foresight.message.filter(|message| id.is_empty() || message.id == id);
    let dated = message.filter(|message| message::is_dated(message)).and_then(|message| message.time);
    let time = dated.or_else(|| ids::time_hint(id));
    let age = time.map(|time| foresight.readings.now().saturating_sub(time));
    Known { message, age, guessed: dated.is_none() }
}

impl Known<'_> {
    /// How much weight a judgement by age has.
    fn fails(&self) -> Fate {
        if self.guessed { Fate::Open } else { Fate::Fails }
    }

    fn is(&self, state: State) -> bool {
        self.message.is_some_and(|message| message.state == state)
    }

    fn kind(&self) -> &str {
        self.message.map_or("", |message| message.kind.as_str())
    }
}

/// Whether a message of this age is still stored (E-MOD-17). An edit begins the period anew.
fn stored(foresight: &Foresight, known: &Known) -> Forecast {
    let said = tenant(foresight, "tenant.storage_days");
    let Some(age) = known.age else { return Forecast::new(Fate::Open, "E-MOD-17", words::AGE_UNKNOWN) };
    let facts = |days: i64| vec![("age", (age / DAY).to_string()), ("days", days.to_string())];
    match said {
        Some(days) if age > days * DAY => {
            told(known.fails(), "E-MOD-17", words::STORED_NO_MORE, &facts(days))
        }
        None if age > STORAGE_LONGEST * DAY => {
            told(known.fails(), "E-MOD-17", words::STORED_NO_MORE, &facts(STORAGE_LONGEST))
        }
        None if age > STORAGE_SHORTEST * DAY => {
            told(Fate::Open, "E-MOD-17", words::STORED_PERHAPS, &facts(STORAGE_SHORTEST))
        }
        _ => told(Fate::Succeeds, "E-MOD-17", words::STORED, &facts(said.unwrap_or(STORAGE_SHORTEST))),
    }
}

/// Says that an age is a guess.
fn guess(known: &Known) -> Option<Forecast> {
    (known.guessed && known.age.is_some()).then(|| Forecast::new(Fate::Open, "E-ID-5", words::GUESSED))
}

/// An edit: what it was, whether it is there, what becomes of its extension.
pub(super) fn rewrite(foresight: &Foresight) -> Vec<Forecast> {
    let readings = foresight.readings;
    let id = readings.text(&rewrite::MESSAGE);
    if id.is_empty() {
        return Vec::new();
    }
    let known = known(foresight, id);
    let mut forecasts = Vec::new();
    if known.is(State::Recalled) {
        forecasts.push(Forecast::new(Fate::Fails, "E-MOD-16", words::WAS_RECALLED));
    }
    if known.kind() == "cmd" {
        forecasts.push(Forecast::new(Fate::Fails, "E-MOD-13", words::CMD_FIXED));
    }
    let raw = known.message.map(|message| &message.raw);
    if raw.and_then(message::edits).is_some_and(|count| count >= EDITS_MOST) {
        forecasts.push(Forecast::new(Fate::Fails, "E-MOD-16", words::EDITS_USED));
    }
    let body = raw.and_then(message::body);
    let combined =
        body.is_some_and(|body| body.get("subType").and_then(Json::as_text) == Some("sub_combine"));
    let kind = readings.text(&rewrite::TYPE);
    let same = known.kind() == kind || (known.kind() == "image" && kind == "img");
    if combined {
        forecasts.push(Forecast::new(Fate::Open, "E-MOD-13", words::COMBINED));
    } else if !known.kind().is_empty() && !same {
        forecasts.push(Forecast::new(Fate::Open, "E-MOD-14", words::OTHER_TYPE));
    }
    forecasts.extend(raw.and_then(|raw| merged(foresight, raw)).into_iter().flatten());
    forecasts.push(stored(foresight, &known));
    forecasts.extend(guess(&known));
    forecasts
}

/// Edits a message may have.
const EDITS_MOST: i64 = 10;

/// What becomes of the extension, key by key (E-MOD-11).
fn merged(foresight: &Foresight, raw: &Json) -> Option<Vec<Forecast>> {
    let readings = foresight.readings;
    let old = message::extension(raw)?;
    let new = Json::parse(readings.text(&rewrite::EXTENSION)).ok()?;
    let new = new.as_object()?;
    let replaces = readings.text(&rewrite::COMBINE) == "false";
    let listed = |names: Vec<&str>| if names.is_empty() { "–".to_owned() } else { names.join(", ") };
    let added = new.iter().map(|(name, _)| name).filter(|name| old.get(name).is_none()).collect();
    let both = |(name, value): &(&str, &Json)| old.get(name).is_some_and(|known| known != *value);
    let overwritten = new.iter().filter(both).map(|(name, _)| name).collect();
    let rest: Vec<_> = old.iter().map(|(name, _)| name).filter(|name| new.get(name).is_none()).collect();
    let (kept, lost) = if replaces { (Vec::new(), rest) } else { (rest, Vec::new()) };
    let facts = [("added", added), ("overwritten", overwritten), ("kept", kept), ("lost", lost)];
    let facts = facts.map(|(name, names)| (name, listed(names)));
    let mut forecasts = vec![told(Fate::Succeeds, "E-MOD-11", words::MERGED, &facts)];
    let deep = |(name, value): (&str, &Json)| {
        value.as_object().is_some() && old.get(name).is_some_and(|old| old.as_object().is_some())
    };
    if !replaces && new.iter().any(deep) {
        forecasts.push(Forecast::new(Fate::Open, "E-MOD-11", words::MERGED_DEEP));
    }
    Some(forecasts)
}

/// A recall: its window, or what force does.
pub(super) fn recall(foresight: &Foresight) -> Vec<Forecast> {
    let readings = foresight.readings;
    let text = |field: &'static Field| readings.text(field).to_owned();
    recalled(foresight, &text(&recall::MESSAGE), &text(&recall::FORCE), &text(&recall::FROM))
}

/// A batch: the worst of each kind is said once, by rule.
pub(super) fn batch_recall(foresight: &Foresight) -> Vec<Forecast> {
    let Ok(items) = Json::parse(foresight.readings.typed(&recall::MESSAGES)) else { return Vec::new() };
    let mut forecasts: Vec<Forecast> = Vec::new();
    for item in items.as_list().unwrap_or_default() {
        let row = rows::flatten(recall::row_form(), item);
        let said = |name: &str| row.get(name).to_owned();
        for forecast in recalled(foresight, &said("msg_id"), &said("force"), &said("from")) {
            let same = |known: &Forecast| known.rule == forecast.rule && known.says == forecast.says;
            if !forecasts.iter().any(same) {
                forecasts.push(forecast);
            }
        }
    }
    forecasts
}

fn recalled(foresight: &Foresight, id: &str, force: &str, from: &str) -> Vec<Forecast> {
    if id.is_empty() {
        return Vec::new();
    }
    let known = known(foresight, id);
    let mut forecasts = Vec::new();
    if known.is(State::Recalled) {
        forecasts.push(Forecast::new(Fate::Fails, "E-RCL-5", words::WAS_RECALLED));
    }
    if known.kind() == "cmd" {
        forecasts.push(Forecast::new(Fate::Fails, "E-RCL-6", words::CMD_FIXED));
    }
    let window = recall_minutes(foresight.tenant);
    let facts = |age: i64| vec![("age", (age / MINUTE).to_string()), ("minutes", window.to_string())];
    let sender = known.message.map_or("", |message| message.sender.as_str());
    match known.age {
        _ if force == "true" && !sender.is_empty() && sender != from => {
            forecasts.push(told(
                Fate::Succeeds,
                "E-RCL-4",
                words::FORCE_KEEPS,
                &[("sender", sender.to_owned())],
            ));
        }
        _ if force == "true" => forecasts.push(Forecast::new(Fate::Succeeds, "E-RCL-4", words::FORCE_WORKS)),
        None => forecasts.push(Forecast::new(Fate::Open, "E-RCL-3", words::AGE_UNKNOWN)),
        Some(age) if age > window * MINUTE => {
            forecasts.push(told(known.fails(), "E-RCL-3", words::WINDOW_PASSED, &facts(age)));
        }
        Some(age) => forecasts.push(told(Fate::Succeeds, "E-RCL-3", words::WINDOW_OPEN, &facts(age))),
    }
    if force != "true" {
        forecasts.extend(guess(&known));
    }
    forecasts
}

/// A one-sided delete: nobody else notices, and history files keep the message.
pub(super) fn delete(foresight: &Foresight) -> Vec<Forecast> {
    let owner = foresight.readings.text(&delete::OWNER).to_owned();
    if owner.is_empty() {
        return Vec::new();
    }
    vec![told(Fate::Silent, "E-DEL-4", words::DELETE_SILENT, &[("owner", owner)])]
}

/// A send: nobody checks that the receivers exist, and some messages are not kept.
pub(super) fn send(foresight: &Foresight) -> Vec<Forecast> {
    let readings = foresight.readings;
    let mut forecasts = Vec::new();
    if [&send::USERS, &send::GROUPS].iter().any(|to| !readings.typed(to).is_empty())
        || !readings.typed(&send::ROOMS).is_empty()
    {
        forecasts.push(Forecast::new(Fate::Open, "E-SND-4", words::NOT_CHECKED));
    }
    if readings.text(&send::ROUTE) == "ROUTE_ONLINE" {
        forecasts.push(Forecast::new(Fate::Open, "E-SND-8", words::ONLINE_ONLY));
    }
    if readings.text(&send::LEVEL) == "low" {
        forecasts.push(Forecast::new(Fate::Open, "E-GRP-4", words::LOW_DROPPED));
    }
    if readings.text(&content::TYPE) == "cmd" {
        forecasts.push(Forecast::new(Fate::Open, "E-RCL-6", words::CMD_FINAL));
    }
    forecasts
}

/// A search: what is older than the storage period is not there.
pub(super) fn find(foresight: &Foresight) -> Vec<Forecast> {
    let days = tenant(foresight, "tenant.storage_days").unwrap_or(STORAGE_LONGEST);
    let until = foresight.readings.number(&find::UNTIL);
    let old = until.is_some_and(|until| foresight.readings.now().saturating_sub(until) > days * DAY);
    let facts = [("days", days.to_string())];
    old.then(|| told(Fate::Void, "E-HIS-2", words::RANGE_TOO_OLD, &facts)).into_iter().collect()
}

/// Clusters on the mainland count hours in Beijing time, the others in UTC (E-URL-7). None for hosts nobody documents.
fn offset(endpoint: &str) -> Option<i64> {
    let host = endpoint.split("://").nth(1)?.split(['/', ':']).next()?;
    let (name, rest) = host.split_once('.')?;
    let own = ["easemob.com", "easecdn.com"].contains(&rest);
    match name {
        "a1" | "a31" if own => Some(8 * HOUR),
        "a1-sgp" | "a61" | "a41" | "a71" | "a51" if own || rest == "chat.agora.io" => Some(0),
        _ => None,
    }
}

/// An hour file: kept for three days, whole after one.
pub(super) fn hour(foresight: &Foresight) -> Vec<Forecast> {
    let Some(start) = hour_file::start_of(foresight.readings.text(&hour_file::TIME)) else {
        return Vec::new();
    };
    let zone = offset(foresight.tenant.get("endpoint"));
    let age = foresight.readings.now() - (start - zone.unwrap_or_default());
    // Of an unknown zone only what holds in both is said.
    let slack = if zone.is_some() { 0 } else { 8 * HOUR };
    let zoned = match zone {
        Some(0) => Some(words::HOUR_UTC),
        Some(_) => Some(words::HOUR_BEIJING),
        None => None,
    };
    let mut forecasts: Vec<_> =
        zoned.map(|says| Forecast::new(Fate::Succeeds, "E-URL-7", says)).into_iter().collect();
    if age > 3 * DAY {
        forecasts.push(Forecast::new(Fate::Fails, "E-HIS-5", words::HOUR_GONE));
    } else if age < -slack {
        forecasts.push(Forecast::new(Fate::Fails, "E-HIS-5", words::HOUR_AHEAD));
    } else if age < DAY {
        forecasts.push(Forecast::new(Fate::Open, "E-HIS-5", words::HOUR_EARLY));
    }
    forecasts
}

#[cfg(test)]
mod tests;
