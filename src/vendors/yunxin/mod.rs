//! NetEase Yunxin (网易云信), IM server API v2.

pub mod batch_send;
pub mod clear_conversation;
pub mod codes;
mod conversation;
pub mod find_by_ids;
pub mod find_chatroom;
pub mod find_history;
pub mod find_message;
mod foresee;
mod found;
mod gaps;
pub mod ids;
mod message;
pub mod modify;
mod options;
mod page;
mod rates;
mod read_back;
pub mod recall;
pub mod recall_chatroom;
mod recognise;
pub mod reply;
pub mod search;
pub mod send;
pub mod signing;
pub mod tenant;
mod trails;

use crate::domain::vendor::{Host, Nonce, Recognise, TRACE, Vendor};
use crate::words::yunxin as words;

/// NetEase Yunxin.
pub static YUNXIN: Vendor = Vendor {
    id: "yunxin",
    name: words::NAME,
    operations: &[
        &modify::MODIFY,
        &recall::RECALL,
        &recall_chatroom::RECALL_CHATROOM,
        &clear_conversation::CLEAR_CONVERSATION,
        &batch_send::BATCH_SEND,
        &send::SEND,
        &find_message::FIND_MESSAGE,
        &find_history::FIND_HISTORY,
        &find_by_ids::FIND_BY_IDS,
        &search::SEARCH,
        &find_chatroom::FIND_CHATROOM,
    ],
    connection: &signing::CONNECTION,
    hosts: &[
        Host { label: words::HOST_CN, url: "https://open.yunxinapi.com" },
        Host { label: words::HOST_CN_BACKUP, url: "https://open-bak.yunxinapi.com" },
        Host { label: words::HOST_SG, url: "https://open-sg.yunxinapi.com" },
        Host { label: words::HOST_SG_BACKUP, url: "https://open-sg-bak.yunxinapi.com" },
        Host { label: words::HOST_SDK_CN, url: "https://api-cn.yunxinapi.com/nimserver" },
        Host { label: words::HOST_SDK_SG, url: "https://api-sg.yunxinapi.com/nimserver" },
    ],
    nonce: Nonce::Hex,
    headers: &["AppKey", "Nonce", "CurTime", "CheckSum", TRACE, "Content-Type"],
    signer: |connection| Box::new(signing::Signer::new(connection)),
    app: |_| Vec::new(),
    exchange: None,
    probe: find_message::PROBE,
    gaps: gaps::GAPS,
    recognise: Recognise { object: recognise::in_object, cells: recognise::in_cells },
    recall_minutes: |tenant| Some(tenant::recall_minutes(tenant)),
    recalls_in_time: &[&recall::RECALL],
    trails: trails::TRAILS,
    rates: rates::RATES,
};

/// The texts that fill in a recall form.
fn recall_values(
    sender: &str,
    conversation_type: &str,
    receiver: &str,
    message: &str,
    time: &str,
) -> Vec<(&'static str, String)> {
    vec![
        ("conversation_id.sender_id", sender.to_owned()),
        ("conversation_id.conversation_type", conversation_type.to_owned()),
        ("conversation_id.receiver_id", receiver.to_owned()),
        ("message_server_id", message.to_owned()),
        ("message_time", time.to_owned()),
        // Whoever takes back what they sent means it for both sides; the form shows the choice.
        ("type", recall::TWO_WAY.to_owned()),
    ]
}
