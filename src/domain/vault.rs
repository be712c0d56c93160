//! What a vault holds: connections with their secrets, as text. Pure; the sealing is a worker's.

use super::draft::Values;
use super::json::{Json, Object};
use super::secret::Secret;

/// A connection that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its vendor's id.
    pub vendor: String,
    /// What tells it from others: as which app, at which address, through which proxy.
    pub account: String,
    /// The texts of its form, secrets too.
    pub values: Values,
}

/// The version of the text.
const VERSION: &str = "1";

/// All entries as the text that is sealed.
pub fn encode(entries: &[Entry]) -> Secret {
    let text = |text: &str| Json::Text(text.to_owned());
    let object = |members: Vec<(&str, Json)>| {
        let mut object = Object::default();
        members.into_iter().for_each(|(name, value)| object.insert(name.to_owned(), value));
        Json::Object(object)
    };
    let entry = |entry: &Entry| {
        let values = object(entry.values.iter().map(|(name, value)| (name, text(value))).collect());
        object(vec![("vendor", text(&entry.vendor)), ("account", text(&entry.account)), ("values", values)])
    };
    let list = Json::List(entries.iter().map(entry).collect());
    Secret::new(
        object(vec![("version", Json::Number(VERSION.to_owned())), ("connections", list)]).to_string(),
    )
}

/// The entries of an opened vault; none when it is of a later desk.
pub fn decode(text: &Secret) -> Option<Vec<Entry>> {
    let json = Json::parse(text.reveal()).ok()?;
    if json.get("version")? != &Json::Number(VERSION.to_owned()) {
        return None;
    }
    json.get("connections")?.as_list()?.iter().map(entry).collect()
}

fn entry(json: &Json) -> Option<Entry> {
    let text = |name: &str| json.get(name).and_then(Json::as_text).map(str::to_owned);
    let member = |(name, value): (&str, &Json)| Some((name.to_owned(), value.as_text()?.to_owned()));
    let values: Option<Vec<_>> = json.get("values")?.as_object()?.iter().map(member).collect();
    let values = values?.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Some(Entry { vendor: text("vendor")?, account: text("account")?, values })
}

/// Puts an entry in, in place of the one for the same account.
pub fn keep(entries: &mut Vec<Entry>, entry: Entry) {
    match entries.iter_mut().find(|known| known.vendor == entry.vendor && known.account == entry.account) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(account: &str, secret: &str) -> Entry {
        let values = [("app_key", "k"), ("app_secret", secret)].into_iter().collect();
        Entry { vendor: "yunxin".to_owned(), account: account.to_owned(), values }
    }

    #[test]
    fn entries_come_back_as_they_were_and_are_never_printed() {
        let entries = [entry("a · b", "5\"3\\鸟\n"), entry("c", "")];
        let text = encode(&entries);
        assert_eq!(decode(&text), Some(entries.to_vec()));
        assert!(!format!("{text:?} {entries:?}").contains("5\\\""));
    }

    #[test]
    fn the_same_account_is_kept_once() {
        let mut entries = vec![entry("a", "old"), entry("b", "other")];
        keep(&mut entries, entry("a", "new"));
        keep(&mut entries, entry("c", "more"));
        let secrets: Vec<_> = entries.iter().map(|entry| entry.values.get("app_secret")).collect();
        assert_eq!(secrets, ["new", "other", "more"]);
    }

    #[test]
    fn a_text_of_a_later_desk_is_not_guessed_at() {
        for text in
            ["", "[]", "{}", r#"{"version":2,"connections":[]}"#, r#"{"version":1,"connections":[{}]}"#]
        {
            assert_eq!(decode(&Secret::new(text)), None, "{text}");
        }
        assert_eq!(decode(&Secret::new(r#"{"version":1,"connections":[]}"#)), Some(Vec::new()));
    }
}
