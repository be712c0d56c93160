//! Groups, their topics, and what was said in them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::codes::{GROUP_ID, GROUP_MISSING, PARAMETER, Refusal};
use super::elements::Content;
use super::fields::Fields;
use super::message::State;
use super::store::App;
use crate::effects::{Change, Happening};

const IN_GROUP: i64 = 2;
const GROUP_ID_BYTES: usize = 48;

/// The type of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum GroupType {
    /// 陌生人社交群
    Public,
    /// 好友工作群
    Work,
    /// 会议群
    Meeting,
    /// 社群
    Community,
    /// 直播群
    #[serde(rename = "AVChatRoom")]
    AvChatRoom,
}

/// One message in a group.
#[derive(Clone, Debug)]
pub(super) struct GroupMessage {
    pub(super) from: String,
    pub(super) random: u32,
    pub(super) priority: u8,
    /// Unix seconds.
    pub(super) time: i64,
    pub(super) content: Content,
    pub(super) state: State,
}

impl GroupMessage {
    /// The message as a control route and an effect show it.
    pub(super) fn shown(&self, seq: u64) -> Map<String, Value> {
        let mut shown = Map::new();
        let head = [
            ("From_Account", json!(self.from)),
            ("MsgSeq", json!(seq)),
            ("MsgRandom", json!(self.random)),
            ("MsgPriority", json!(self.priority)),
            ("MsgTimeStamp", json!(self.time)),
            ("recalled", json!(self.state == State::Recalled)),
        ];
        shown.extend(head.map(|(key, value)| (key.to_owned(), value)));
        self.content.write(&mut shown);
        shown
    }
}

/// What was sent lately, to drop it when it is sent again.
#[derive(Clone, Debug)]
pub(super) struct Lately {
    pub(super) at_ms: i64,
    pub(super) seq: u64,
    pub(super) time: i64,
}

/// A row of messages with rising numbers: a group's own, or a topic's.
#[derive(Clone, Debug, Default)]
pub(super) struct Thread {
    pub(super) newest: u64,
    pub(super) messages: BTreeMap<u64, GroupMessage>,
    /// By `Random` and content.
    pub(super) lately: BTreeMap<(u32, String), Lately>,
}

impl Thread {
    /// Appends a message and gives its number.
    pub(super) fn append(&mut self, message: GroupMessage) -> u64 {
        let seq = self.skip();
        self.messages.insert(seq, message);
        seq
    }

    /// A number for a message that is not stored.
    pub(super) fn skip(&mut self) -> u64 {
        self.newest += 1;
        self.newest
    }
}

/// One group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) kind: GroupType,
    /// Who may not speak.
    pub(super) muted: BTreeSet<String>,
    pub(super) own: Thread,
    /// 话题, in a community only.
    pub(super) topics: BTreeMap<String, Thread>,
}

impl Group {
    /// A group in which nothing was said yet.
    pub(super) fn new(kind: GroupType) -> Self {
        Self { kind, muted: BTreeSet::new(), own: Thread::default(), topics: BTreeMap::new() }
    }

    /// Every row of messages with the topic it belongs to.
    pub(super) fn threads(&self) -> impl Iterator<Item = (Option<&str>, &Thread)> {
        let topics = self.topics.iter().map(|(id, thread)| (Some(id.as_str()), thread));
        std::iter::once((None, &self.own)).chain(topics)
    }
}

/// Where in a group a command acts.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) group: String,
    pub(super) topic: Option<String>,
}

impl Spot {
    /// Reads `GroupId`, refused with the code, and `TopicId`.
    pub(super) fn read(fields: &mut Fields, code: u32) -> Result<Self, Refusal> {
        let group = fields.required_text("GroupId", code)?;
        let printable = group.bytes().all(|byte| (0x20..=0x7e).contains(&byte));
        if !printable || group.len() > GROUP_ID_BYTES {
            return fields.refuse("GroupId", GROUP_ID, "must be printable ASCII of at most 48 bytes");
        }
        let topic = fields.text("TopicId", PARAMETER)?;
        if topic.as_ref().is_some_and(String::is_empty) {
            return fields.refuse("TopicId", PARAMETER, "must not be empty");
        }
        Ok(Self { group, topic })
    }

    /// The group's type and the row of messages meant.
    pub(super) fn find<'a>(&self, app: &'a mut App) -> Result<(GroupType, &'a mut Thread), Refusal> {
        let missing = || Refusal::new(GROUP_MISSING, "group does not exist");
        let group = app.groups.get_mut(&self.group).ok_or_else(missing)?;
        let thread = match &self.topic {
            None => &mut group.own,
            Some(_) if group.kind != GroupType::Community => {
                return Err(Refusal::field(PARAMETER, "TopicId", "is for communities only"));
            }
            Some(topic) => {
                let missing = || Refusal::field(PARAMETER, "TopicId", "does not exist");
                group.topics.get_mut(topic).ok_or_else(missing)?
            }
        };
        Ok((group.kind, thread))
    }

    /// What became of a message. The receiver is the group, followed by the topic where there is one.
    pub(super) fn happening(
        &self,
        change: Change,
        seq: u64,
        message: &GroupMessage,
        detail: Value,
    ) -> Happening<String> {
        let receiver_id = match &self.topic {
            None => self.group.clone(),
            Some(topic) => format!("{}/{topic}", self.group),
        };
        Happening {
            change,
            message_server_id: seq.to_string(),
            sender_id: message.from.clone(),
            conversation_type: IN_GROUP,
            receiver_id,
            detail,
        }
    }
}
