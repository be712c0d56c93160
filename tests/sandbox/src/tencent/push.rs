//! `OfflinePushInfo` (离线推送): checked and otherwise without effect.

use super::codes::{PUSH_INFO, Refusal};
use super::fields::Fields;

/// Checks the object if it was sent.
pub(super) fn check(body: &mut Fields) -> Result<(), Refusal> {
    let Some(mut push) = body.object("OfflinePushInfo", PUSH_INFO)? else {
        return Ok(());
    };
    push.flag("PushFlag", PUSH_INFO)?;
    texts(&mut push, &["Title", "Desc", "Ext"])?;
    if let Some(android) = push.object("AndroidInfo", PUSH_INFO)? {
        check_android(android)?;
    }
    if let Some(apns) = push.object("ApnsInfo", PUSH_INFO)? {
        check_apns(apns)?;
    }
    push.finish(PUSH_INFO)
}

fn check_android(mut android: Fields) -> Result<(), Refusal> {
    let channels = ["HuaWeiChannelID", "XiaoMiChannelID", "OPPOChannelID", "GoogleChannelID"];
    texts(&mut android, &["Sound", "HuaWeiCategory"])?;
    texts(&mut android, &channels)?;
    android.flag("VIVOClassification", PUSH_INFO)?;
    android.flag("ExtAsHuaweiIntentParam", PUSH_INFO)?;
    let importance = android.text("HuaWeiImportance", PUSH_INFO)?;
    if importance.is_some_and(|word| word != "LOW" && word != "NORMAL") {
        return android.refuse("HuaWeiImportance", PUSH_INFO, "must be LOW or NORMAL");
    }
    android.finish(PUSH_INFO)
}

fn check_apns(mut apns: Fields) -> Result<(), Refusal> {
    texts(&mut apns, &["Sound", "Title", "SubTitle", "Image"])?;
    apns.flag("BadgeMode", PUSH_INFO)?;
    apns.flag("MutableContent", PUSH_INFO)?;
    apns.finish(PUSH_INFO)
}

fn texts(object: &mut Fields, keys: &[&str]) -> Result<(), Refusal> {
    keys.iter().try_for_each(|key| object.text(key, PUSH_INFO).map(|_| ()))
}
