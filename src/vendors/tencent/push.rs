//! `OfflinePushInfo`: the push for those who are not online (T-PUSH-1…3). Every sending operation has it.

use super::content;
use super::elements::CUSTOM;
use super::options::{NO_YES, flag};
use crate::domain::field::{Choice, Field, Kind, Lines};
use crate::domain::operation::Group;
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::{Words, tencent as words};

macro_rules! text {
    ($name:literal, $label:ident) => {
        Field::body(concat!("OfflinePushInfo.", $name), words::$label, Kind::Text(Lines::One), "T-PUSH-3")
    };
}

macro_rules! choice {
    ($name:literal, $label:ident, $choices:expr) => {
        Field::body(concat!("OfflinePushInfo.", $name), words::$label, $choices, "T-PUSH-3")
    };
}

static PUSH_FLAG: Field = choice!(
    "PushFlag",
    PUSH_FLAG,
    Kind::Choice(&[Choice::new("0", words::PUSH_ON), Choice::new("1", words::PUSH_OFF)])
);
static TITLE: Field = text!("Title", PUSH_TITLE);
/// The push's text.
pub static DESC: Field = text!("Desc", PUSH_DESC).hint(words::PUSH_DESC_HINT);
static EXT: Field = text!("Ext", PUSH_EXT).hint(words::PUSH_EXT_HINT);
static ANDROID_SOUND: Field = text!("AndroidInfo.Sound", PUSH_ANDROID_SOUND);
static HUAWEI_CHANNEL: Field = text!("AndroidInfo.HuaWeiChannelID", PUSH_HUAWEI_CHANNEL);
static XIAOMI_CHANNEL: Field = text!("AndroidInfo.XiaoMiChannelID", PUSH_XIAOMI_CHANNEL);
static OPPO_CHANNEL: Field = text!("AndroidInfo.OPPOChannelID", PUSH_OPPO_CHANNEL);
static GOOGLE_CHANNEL: Field = text!("AndroidInfo.GoogleChannelID", PUSH_GOOGLE_CHANNEL);
static VIVO_CLASS: Field = choice!(
    "AndroidInfo.VIVOClassification",
    PUSH_VIVO_CLASS,
    Kind::Choice(&[Choice::new("0", words::PUSH_MARKETING), Choice::new("1", words::PUSH_SYSTEM)])
);
static HUAWEI_IMPORTANCE: Field = choice!(
    "AndroidInfo.HuaWeiImportance",
    PUSH_HUAWEI_IMPORTANCE,
    Kind::Word(&[Choice::new("LOW", words::PUSH_LOW), Choice::new("NORMAL", words::PUSH_NORMAL)])
);
static HUAWEI_CATEGORY: Field = text!("AndroidInfo.HuaWeiCategory", PUSH_HUAWEI_CATEGORY);
static HUAWEI_INTENT: Field =
    flag("OfflinePushInfo.AndroidInfo.ExtAsHuaweiIntentParam", words::PUSH_HUAWEI_INTENT);
static APNS_SOUND: Field = text!("ApnsInfo.Sound", PUSH_APNS_SOUND);
static APNS_BADGE: Field = choice!(
    "ApnsInfo.BadgeMode",
    PUSH_APNS_BADGE,
    Kind::Choice(&[Choice::new("0", words::PUSH_BADGE_COUNTS), Choice::new("1", words::PUSH_BADGE_NOT)])
);
static APNS_TITLE: Field = text!("ApnsInfo.Title", PUSH_APNS_TITLE);
static APNS_SUBTITLE: Field = text!("ApnsInfo.SubTitle", PUSH_APNS_SUBTITLE);
static APNS_IMAGE: Field = text!("ApnsInfo.Image", PUSH_APNS_IMAGE);
static APNS_MUTABLE: Field =
    Field::body("OfflinePushInfo.ApnsInfo.MutableContent", words::PUSH_APNS_MUTABLE, NO_YES, "T-PUSH-3");

const FIELDS: &[&Field] = &[
    &PUSH_FLAG,
    &TITLE,
    &DESC,
    &EXT,
    &ANDROID_SOUND,
    &HUAWEI_CHANNEL,
    &XIAOMI_CHANNEL,
    &OPPO_CHANNEL,
    &GOOGLE_CHANNEL,
    &VIVO_CLASS,
    &HUAWEI_IMPORTANCE,
    &HUAWEI_CATEGORY,
    &HUAWEI_INTENT,
    &APNS_SOUND,
    &APNS_BADGE,
    &APNS_TITLE,
    &APNS_SUBTITLE,
    &APNS_IMAGE,
    &APNS_MUTABLE,
];

/// The push, folded away.
pub const GROUP: Group = Group::folded(words::GROUP_PUSH, FIELDS);

/// The most the push's text and data may have together, in bytes.
const MOST: usize = 3072;

/// Apple takes packets of 4 KB at most (T-PUSH-1).
pub fn not_too_long(readings: &Readings) -> Option<Problem> {
    let actual = readings.typed(&DESC).len() + readings.typed(&EXT).len();
    let facts = vec![("actual", actual.to_string()), ("limit", MOST.to_string())];
    let fault = Fault::Said { code: "push_too_long", says: words::PUSH_TOO_LONG, facts };
    (actual > MOST).then(|| Problem::warn(DESC.name, "T-PUSH-1", fault))
}

fn warn(rule: &'static str, code: &'static str, says: Words) -> Problem {
    Problem::warn(DESC.name, rule, Fault::said(code, says))
}

/// With a push of its own, the push settings inside a custom element do not count (T-PUSH-2).
pub fn custom_settings_ignored(readings: &Readings) -> Option<Problem> {
    let pushes = FIELDS.iter().any(|field| !readings.typed(field).is_empty());
    let set = |element| {
        content::kind(element) == CUSTOM
            && ["Desc", "Ext", "Sound"].iter().any(|name| !content::part(element, name).is_empty())
    };
    let ignored = pushes && content::elements(readings).iter().any(set);
    ignored.then(|| warn("T-PUSH-2", "custom_push_ignored", words::PUSH_CUSTOM_IGNORED))
}

/// A message of one custom element needs a text for its push (T-BODY-9).
pub fn custom_is_not_pushed(readings: &Readings) -> Option<Problem> {
    let elements = content::elements(readings);
    let silent = matches!(elements.as_slice(), [only] if content::kind(only) == CUSTOM && content::part(only, "Desc").is_empty())
        && readings.typed(&DESC).is_empty()
        && readings.text(&PUSH_FLAG) != "1";
    silent.then(|| warn("T-BODY-9", "custom_not_pushed", words::PUSH_CUSTOM_SILENT))
}
