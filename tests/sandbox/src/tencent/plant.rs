//! What a control call may add: accounts, groups, messages. Their content is not checked.

use serde::Deserialize;
use serde_json::{Value, json};

use super::elements::Content;
use super::group::{Group, GroupMessage, GroupType, Thread};
use super::message::{Message, Place, State};
use super::seed::PRACTICE_APP;
use super::store::{App, Cloud};
use super::turn::seconds;

const OLDEST_MS: i64 = 30 * 365 * 24 * 60 * 60 * 1_000;
const NORMAL_PRIORITY: u8 = 2;

/// A message to add: `To_Account` makes it one-to-one, `GroupId` a group's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    sdkappid: Option<u64>,
    #[serde(rename = "From_Account")]
    from: String,
    #[serde(rename = "To_Account")]
    to: Option<String>,
    #[serde(rename = "GroupId")]
    group: Option<String>,
    #[serde(rename = "TopicId")]
    topic: Option<String>,
    #[serde(rename = "MsgKey")]
    key: Option<String>,
    #[serde(rename = "MsgRandom")]
    random: Option<u32>,
    #[serde(rename = "MsgSeq")]
    seq: Option<u32>,
    #[serde(rename = "SyncOtherMachine")]
    sync: Option<u8>,
    #[serde(rename = "MsgBody")]
    body: Option<Vec<Value>>,
    /// A text message, where there is no `MsgBody`.
    text: Option<String>,
    #[serde(rename = "CloudCustomData")]
    custom: Option<String>,
    #[serde(default)]
    recalled: bool,
    #[serde(default)]
    age_ms: i64,
}

/// Accounts to import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccounts {
    sdkappid: Option<u64>,
    accounts: Vec<String>,
}

/// A group to make.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewGroup {
    sdkappid: Option<u64>,
    #[serde(rename = "GroupId")]
    id: String,
    #[serde(rename = "Type")]
    kind: GroupType,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    muted: Vec<String>,
}

/// One `TIMTextElem`.
pub(super) fn text_body(text: &str) -> Vec<Value> {
    vec![json!({ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } })]
}

impl NewMessage {
    fn content(&self) -> Content {
        let text = || text_body(self.text.as_deref().unwrap_or_default());
        Content { body: self.body.clone().unwrap_or_else(text), custom: self.custom.clone() }
    }

    fn state(&self) -> State {
        if self.recalled { State::Recalled } else { State::Kept }
    }
}

impl Cloud {
    fn app(&mut self, sdkappid: Option<u64>) -> Result<(u64, &mut App), String> {
        let sdkappid = sdkappid.unwrap_or(PRACTICE_APP);
        let app = self.apps.get_mut(&sdkappid).ok_or("sdkappid is unknown")?;
        Ok((sdkappid, app))
    }

    /// Stores a message as if it had been sent `age_ms` ago.
    ///
    /// # Errors
    /// A sentence about an unknown app, group or topic, or an age beyond reason.
    pub(super) fn plant(&mut self, new: &NewMessage, now_ms: i64) -> Result<Value, String> {
        if new.age_ms.saturating_abs() > OLDEST_MS {
            return Err("age_ms is beyond 30 years".to_owned());
        }
        if new.group.is_some() && (new.key.is_some() || new.seq.is_some() || new.sync.is_some()) {
            return Err(
                "a group numbers its messages itself: no MsgKey, MsgSeq or SyncOtherMachine".to_owned()
            );
        }
        let time = seconds(now_ms - new.age_ms);
        let (sdkappid, app) = self.app(new.sdkappid)?;
        match (&new.to, &new.group) {
            (Some(to), None) => Ok(plant_c2c(app, new, to, time).shown(sdkappid)),
            (None, Some(id)) => {
                let (seq, message) = plant_in_group(app, new, id, time)?;
                Ok(shown(sdkappid, id, new.topic.as_deref(), seq, &message))
            }
            _ => Err("either To_Account or GroupId is required".to_owned()),
        }
    }

    /// Imports accounts and lists all of them.
    ///
    /// # Errors
    /// A sentence about an unknown app.
    pub(super) fn import(&mut self, new: NewAccounts) -> Result<Value, String> {
        let (sdkappid, app) = self.app(new.sdkappid)?;
        app.accounts.extend(new.accounts);
        Ok(json!({ "sdkappid": sdkappid, "accounts": app.accounts }))
    }

    /// Makes a group, in the place of one with the same id.
    ///
    /// # Errors
    /// A sentence about an unknown app, or topics outside a community.
    pub(super) fn make_group(&mut self, new: NewGroup) -> Result<Value, String> {
        if !new.topics.is_empty() && new.kind != GroupType::Community {
            return Err("topics are for a Community only".to_owned());
        }
        let (sdkappid, app) = self.app(new.sdkappid)?;
        let mut group = Group::new(new.kind);
        group.topics = new.topics.into_iter().map(|topic| (topic, Thread::default())).collect();
        group.muted = new.muted.into_iter().collect();
        let told = described(sdkappid, &new.id, &group);
        app.groups.insert(new.id, group);
        Ok(told)
    }

    /// Every account of every app.
    pub(super) fn all_accounts(&self) -> Vec<Value> {
        let apps = self.apps.iter();
        apps.map(|(sdkappid, app)| json!({ "sdkappid": sdkappid, "accounts": app.accounts })).collect()
    }

    /// Every group of every app.
    pub(super) fn all_groups(&self) -> Vec<Value> {
        let groups = |(sdkappid, app): (&u64, &App)| {
            let told = app.groups.iter().map(|(id, group)| described(*sdkappid, id, group));
            told.collect::<Vec<_>>()
        };
        self.apps.iter().flat_map(groups).collect()
    }

    /// Every stored message of every app, one-to-one and in groups.
    pub(super) fn all_messages(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for (sdkappid, app) in &self.apps {
            all.extend(app.messages.all().map(|message| message.shown(*sdkappid)));
            for (id, group) in &app.groups {
                for (topic, thread) in group.threads() {
                    let messages = thread.messages.iter();
                    all.extend(messages.map(|(seq, it)| shown(*sdkappid, id, topic, *seq, it)));
                }
            }
        }
        all
    }
}

fn plant_c2c(app: &mut App, new: &NewMessage, to: &str, time: i64) -> Message {
    let random = new.random.unwrap_or_else(|| app.numbers.draw());
    let (seq, key) = app.new_key(new.seq, random, time, &[(&new.from, to)]);
    let readers = match new.sync {
        Some(2) => [to.to_owned()].into(),
        _ => [to, &new.from].map(str::to_owned).into(),
    };
    let message = Message {
        place: Place { from: new.from.clone(), to: to.to_owned(), key: new.key.clone().unwrap_or(key) },
        seq,
        random,
        time,
        serial: app.numbers.rise(),
        content: new.content(),
        state: new.state(),
        seen_by: readers,
    };
    app.messages.keep(message.clone());
    message
}

fn plant_in_group(
    app: &mut App,
    new: &NewMessage,
    id: &str,
    time: i64,
) -> Result<(u64, GroupMessage), String> {
    let random = new.random.unwrap_or_else(|| app.numbers.draw());
    let group = app.groups.get_mut(id).ok_or("GroupId is unknown")?;
    let thread = match &new.topic {
        None => &mut group.own,
        Some(topic) => group.topics.get_mut(topic).ok_or("TopicId is unknown")?,
    };
    let message = GroupMessage {
        from: new.from.clone(),
        random,
        priority: NORMAL_PRIORITY,
        time,
        content: new.content(),
        state: new.state(),
    };
    Ok((thread.append(message.clone()), message))
}

fn shown(sdkappid: u64, group: &str, topic: Option<&str>, seq: u64, message: &GroupMessage) -> Value {
    let mut shown = message.shown(seq);
    shown.insert("sdkappid".to_owned(), sdkappid.into());
    shown.insert("GroupId".to_owned(), group.into());
    if let Some(topic) = topic {
        shown.insert("TopicId".to_owned(), topic.into());
    }
    Value::Object(shown)
}

fn described(sdkappid: u64, id: &str, group: &Group) -> Value {
    json!({
        "sdkappid": sdkappid,
        "GroupId": id,
        "Type": group.kind,
        "topics": group.topics.keys().collect::<Vec<_>>(),
        "muted": group.muted,
        "newest_seq": group.own.newest,
    })
}
