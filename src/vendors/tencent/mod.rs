//! Tencent Cloud Chat (腾讯云即时通信 IM), server REST API.

mod batch_send;
pub mod codes;
mod content;
mod delete_c2c;
mod elements;
mod find_c2c;
mod find_group;
mod foresee;
mod ids;
mod message;
mod modify_c2c;
mod modify_group;
mod options;
mod push;
mod rates;
mod read_back;
mod recall_by_sender;
mod recall_c2c;
mod recall_group;
mod reply;
mod send;
mod send_group;
mod signing;
mod trails;
pub mod user_sig;

use crate::domain::operation::Verb;
use crate::domain::vendor::{Gap, Host, Nonce, Recognise, Vendor};
use crate::words::tencent as words;

/// Tencent Cloud Chat. The region belongs to the app; the backup host of each serves when its name does not resolve (T-URL-7, 8).
pub static TENCENT: Vendor = Vendor {
    id: "tencent",
    name: words::NAME,
    operations: &[
        &modify_c2c::MODIFY_C2C,
        &modify_group::MODIFY_GROUP,
        &recall_c2c::RECALL_C2C,
        &recall_group::RECALL_GROUP,
        &recall_by_sender::RECALL_BY_SENDER,
        &delete_c2c::DELETE_C2C,
        &batch_send::BATCH_SEND,
        &send::SEND,
        &send_group::SEND_GROUP,
        &find_c2c::FIND_C2C,
        &find_group::FIND_GROUP,
    ],
    connection: &signing::CONNECTION,
    hosts: &[
        Host { label: words::HOST_CN, url: "https://console.tim.qq.com" },
        Host { label: words::HOST_SGP, url: "https://adminapisgp.im.qcloud.com" },
        Host { label: words::HOST_KR, url: "https://adminapikr.im.qcloud.com" },
        Host { label: words::HOST_JPN, url: "https://adminapijpn.im.qcloud.com" },
        Host { label: words::HOST_GER, url: "https://adminapiger.im.qcloud.com" },
        Host { label: words::HOST_USA, url: "https://adminapiusa.im.qcloud.com" },
        Host { label: words::HOST_IDN, url: "https://adminapiidn.im.qcloud.com" },
        Host { label: words::HOST_CN_BACKUP, url: "https://adminapi.my-imcloud.com" },
        Host { label: words::HOST_SGP_BACKUP, url: "https://adminapisgp.my-imcloud.com" },
        Host { label: words::HOST_KR_BACKUP, url: "https://adminapikr.my-imcloud.com" },
        Host { label: words::HOST_JPN_BACKUP, url: "https://adminapijpn.my-imcloud.com" },
        Host { label: words::HOST_GER_BACKUP, url: "https://adminapiger.my-imcloud.com" },
        Host { label: words::HOST_USA_BACKUP, url: "https://adminapiusa.my-imcloud.com" },
        Host { label: words::HOST_IDN_BACKUP, url: "https://adminapiidn.my-imcloud.com" },
        Host { label: words::HOST_IND, url: "https://adminapiind.im.qcloud.com" },
        Host { label: words::HOST_KSA, url: "https://adminapiksa.im.qcloud.com" },
    ],
    nonce: Nonce::Decimal,
    headers: &["Content-Type"],
    signer: |connection| Box::new(signing::Signer::new(connection)),
    app: |_| Vec::new(),
    exchange: None,
    probe: signing::PROBE,
    gaps: &[
        Gap {
            verb: Verb::Recall,
            title: words::GAP_RECALL_MANY,
            reason: words::GAP_RECALL_MANY_WHY,
            nearest: "tencent.recall_c2c",
        },
        Gap {
            verb: Verb::Recall,
            title: words::GAP_RECALL_NOTE,
            reason: words::GAP_RECALL_NOTE_WHY,
            nearest: "tencent.recall_c2c",
        },
        Gap {
            verb: Verb::Find,
            title: words::GAP_FIND_ONE,
            reason: words::GAP_FIND_ONE_WHY,
            nearest: "tencent.find_c2c",
        },
        Gap {
            verb: Verb::Send,
            title: words::GAP_SEND_GROUPS,
            reason: words::GAP_SEND_GROUPS_WHY,
            nearest: "tencent.send_group",
        },
    ],
    recognise: Recognise { object: message::recognise, cells: message::cells },
    recall_minutes: |_| None,
    recalls_in_time: &[],
    trails: trails::TRAILS,
    rates: rates::RATES,
};
