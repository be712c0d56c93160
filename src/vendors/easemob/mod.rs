//! Easemob (环信即时通讯 IM), RESTful API; also EasyIM, Agora Chat and 声网 IM, which are the same service.

mod batch;
mod checks;
pub mod codes;
pub mod connection;
mod content;
mod delete;
mod find;
mod foresee;
mod hour_file;
mod ids;
mod message;
mod rates;
mod read_back;
mod recall;
mod reply;
mod rewrite;
mod send;
mod token;
mod trails;

use crate::domain::operation::Verb;
use crate::domain::vendor::{Gap, Host, Nonce, Vendor};
use crate::words::easemob as words;

/// Easemob.
pub static EASEMOB: Vendor = Vendor {
    id: "easemob",
    name: words::NAME,
    operations: &[
        &rewrite::REWRITE,
        &recall::RECALL,
        &recall::BATCH_RECALL,
        &delete::DELETE_ROAMING,
        &delete::DELETE_ROAMING_GROUP,
        &delete::DELETE_ROAMING_BEFORE,
        &delete::DELETE_ROAMING_GROUP_BEFORE,
        &send::SEND_USERS,
        &send::SEND_GROUPS,
        &send::SEND_ROOMS,
        &find::FIND_CHAT,
        &find::FIND_GROUP,
        &hour_file::FIND_HOUR_FILE,
    ],
    connection: &connection::CONNECTION,
    hosts: &[
        Host { label: words::HOST_CN_1, url: "https://a1.easemob.com" },
        Host { label: words::HOST_CN_2, url: "https://a31.easemob.com" },
        Host { label: words::HOST_SG_1, url: "https://a1-sgp.easemob.com" },
        Host { label: words::HOST_SG_2, url: "https://a61.easemob.com" },
        Host { label: words::HOST_US, url: "https://a41.easemob.com" },
        Host { label: words::HOST_DE, url: "https://a71.easemob.com" },
        Host { label: words::HOST_AGORA_US, url: "https://a41.chat.agora.io" },
        Host { label: words::HOST_AGORA_SG, url: "https://a61.chat.agora.io" },
        Host { label: words::HOST_AGORA_DE, url: "https://a71.chat.agora.io" },
    ],
    nonce: Nonce::Hex,
    headers: &["Authorization", "Accept", "Content-Type"],
    signer: |connection| Box::new(connection::Signer::new(connection)),
    app: connection::segments,
    exchange: Some(&token::EXCHANGE),
    probe: hour_file::PROBE,
    gaps: &[
        Gap {
            verb: Verb::Recall,
            title: words::GAP_DELETE,
            reason: words::GAP_DELETE_REASON,
            nearest: "easemob.delete_roaming",
        },
        Gap {
            verb: Verb::Find,
            title: words::GAP_FIND,
            reason: words::GAP_FIND_REASON,
            nearest: "easemob.find_chat",
        },
    ],
    recognise: message::RECOGNISE,
    recall_minutes: |tenant| Some(foresee::recall_minutes(tenant)),
    recalls_in_time: &[&recall::RECALL, &recall::BATCH_RECALL],
    trails: trails::TRAILS,
    rates: rates::RATES,
};

/// How many entries of a list a sentence names.
const SAMPLE: usize = 3;

/// The first few entries of a list.
fn sample(items: &[String]) -> String {
    let mut sample = items.iter().take(SAMPLE).cloned().collect::<Vec<_>>().join(", ");
    if items.len() > SAMPLE {
        sample.push('…');
    }
    sample
}

#[cfg(test)]
mod tests;
