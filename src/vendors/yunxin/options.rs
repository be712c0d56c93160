//! Option fields that several operations share: push, moderation, routing. Each operation gets its own statics, with its own
//! rule ids (Y-MOD-11, 13, 15; Y-BAT-7, 8).

use crate::domain::field::Field;
use crate::domain::json::Json;
use crate::domain::problem::{Fault, Problem};
use crate::domain::validation::Readings;
use crate::words::yunxin as words;

/// Push and its conditions: nothing but the switch has an effect while push is off (Y-MOD-13).
macro_rules! push_fields {
    (limits: $limit_rule:literal) => {
        /// Whether a push is sent.
        pub static PUSH_ENABLED: Field =
            Field::body("push_config.push_enabled", words::PUSH_ENABLED, Kind::Flag, "Y-MOD-18")
                .default("true");
        /// Whether the push begins with the sender's nickname.
        pub static PUSH_NICK: Field =
            Field::body("push_config.push_nick_enabled", words::PUSH_NICK, Kind::Flag, "Y-MOD-18")
                .when(&[(IsNot(&PUSH_ENABLED, &["false"]), "Y-MOD-13")])
                .default("true");
        /// The push's text.
        pub static PUSH_CONTENT: Field = Field::body(
            "push_config.push_content",
            words::PUSH_CONTENT,
            Kind::Text(Lines::Many),
            $limit_rule,
        )
        .when(&[(IsNot(&PUSH_ENABLED, &["false"]), "Y-MOD-13")])
        .limits(const { &[Limit::most(500, Unit::Utf16, $limit_rule)] });
        /// The push's payload: a JSON object as text.
        pub static PUSH_PAYLOAD: Field = Field::body(
            "push_config.push_payload",
            words::PUSH_PAYLOAD,
            Kind::JsonText(JsonShape::Object),
            $limit_rule,
        )
        .when(&[(IsNot(&PUSH_ENABLED, &["false"]), "Y-MOD-13")])
        .limits(const { &[Limit::most(2048, Unit::Utf16, $limit_rule)] })
        .hint(words::JSON_TEXT_HINT);

        const PUSH_GROUP: Group = Group::folded(
            words::GROUP_PUSH,
            const { &[&PUSH_ENABLED, &PUSH_NICK, &PUSH_CONTENT, &PUSH_PAYLOAD] },
        );
    };
}
pub(super) use push_fields;

/// Moderation, as far as every sending operation has it.
macro_rules! antispam_fields {
    (limits: $limit_rule:literal) => {
        /// Whether this message is moderated.
        pub static ANTISPAM_ENABLED: Field =
            Field::body("antispam_config.antispam_enabled", words::ANTISPAM_ENABLED, Kind::Flag, "Y-MOD-18")
                .default("true")
                .hint(words::ANTISPAM_HINT);
        /// The moderation policy.
        pub static ANTISPAM_BUSINESS: Field = Field::body(
            "antispam_config.antispam_business_id",
            words::ANTISPAM_BUSINESS,
            Kind::Text(Lines::One),
            $limit_rule,
        );
        /// Extra moderation data: JSON as text.
        pub static ANTISPAM_EXTENSION: Field = Field::body(
            "antispam_config.antispam_extension",
            words::ANTISPAM_EXTENSION,
            Kind::JsonText(JsonShape::Any),
            $limit_rule,
        )
        .limits(const { &[Limit::most(1024, Unit::Utf16, $limit_rule)] })
        .hint(words::JSON_TEXT_HINT);
        /// Anti-cheat data: JSON as text.
        pub static ANTISPAM_CHEATING: Field = Field::body(
            "antispam_config.antispam_cheating",
            words::ANTISPAM_CHEATING,
            Kind::JsonText(JsonShape::Any),
            $limit_rule,
        )
        .limits(const { &[Limit::most(1024, Unit::Utf16, $limit_rule)] })
        .hint(words::JSON_TEXT_HINT);
    };
}
pub(super) use antispam_fields;

/// Copies to the app's own server, and the conversation's last message.
macro_rules! route_fields {
    () => {
        /// Whether the app's own server gets a copy.
        pub static ROUTE_ENABLED: Field =
            Field::body("route_config.route_enabled", words::ROUTE_ENABLED, Kind::Flag, "Y-MOD-18")
                .default("true");
        /// Which of the app's environments gets it.
        pub static ROUTE_ENVIRONMENT: Field = Field::body(
            "route_config.route_environment",
            words::ROUTE_ENVIRONMENT,
            Kind::Text(Lines::One),
            "Y-MOD-18",
        );
    };
}
pub(super) use route_fields;

/// Forced push: for teams only, and only while push is on (Y-MOD-12, 13).
macro_rules! force_push_fields {
    (types: $types:expr) => {
        /// The switch of forced push; for teams only.
        pub static FORCE_ENABLE: Field =
            Field::body("push_config.push_forcepush_enable", words::FORCE_ENABLE, Kind::Flag, "Y-MOD-18")
                .when(&[(Is($types, TEAMS), "Y-MOD-12"), (IsNot(&PUSH_ENABLED, &["false"]), "Y-MOD-13")])
                .default("false");
        /// Forced push to everyone but the sender.
        pub static FORCE_ALL: Field =
            Field::body("push_config.push_forcepush_all", words::FORCE_ALL, Kind::Flag, "Y-MOD-18")
                .when(&[(Is(&FORCE_ENABLE, &["true"]), "Y-MOD-12")])
                .default("false");
        /// Forced push to these accounts.
        pub static FORCE_IDS: Field = Field::body(
            "push_config.push_forcepush_ids",
            words::FORCE_IDS,
            Kind::Ids(&ACCOUNT, Items::Texts),
            "Y-MOD-12",
        )
        .when(&[(Is(&FORCE_ENABLE, &["true"]), "Y-MOD-12"), (IsNot(&FORCE_ALL, &["true"]), "Y-MOD-12")])
        .limits(const { &[Limit::most(100, Unit::Items, "Y-MOD-12")] })
        .hint(words::RECEIVERS_HINT);
        /// The forced push's text.
        pub static FORCE_CONTENT: Field = Field::body(
            "push_config.push_forcepush_content",
            words::FORCE_CONTENT,
            Kind::Text(Lines::Many),
            "Y-MOD-11",
        )
        .when(&[(Is(&FORCE_ENABLE, &["true"]), "Y-MOD-12")])
        .limits(const { &[Limit::most(500, Unit::Utf16, "Y-MOD-11")] });

        const FORCE_PUSH_GROUP: Group = Group::folded(
            words::GROUP_FORCE_PUSH,
            const { &[&FORCE_ENABLE, &FORCE_ALL, &FORCE_IDS, &FORCE_CONTENT] },
        );
    };
}
pub(super) use force_push_fields;

/// Moderation of what a custom message holds (Y-MOD-14).
macro_rules! custom_antispam_fields {
    () => {
        /// Whether a custom message is moderated by the content given below.
        pub static ANTISPAM_CUSTOM_ENABLED: Field = Field::body(
            "antispam_config.antispam_custom_message_enabled",
            words::ANTISPAM_CUSTOM_ENABLED,
            Kind::Flag,
            "Y-MOD-18",
        )
        .when(&[(Is(&MESSAGE_TYPE, &["100"]), "Y-MOD-14")])
        .default("false");
        /// What is moderated in a custom message: JSON as text.
        pub static ANTISPAM_CUSTOM: Field = Field::body(
            "antispam_config.antispam_custom_message",
            words::ANTISPAM_CUSTOM,
            Kind::JsonText(JsonShape::Object),
            "Y-MOD-14",
        )
        .when(&[
            (Is(&MESSAGE_TYPE, &["100"]), "Y-MOD-14"),
            (Is(&ANTISPAM_CUSTOM_ENABLED, &["true"]), "Y-MOD-14"),
        ])
        .required_when(Is(&ANTISPAM_CUSTOM_ENABLED, &["true"]), "Y-MOD-14")
        // "The same as text": 5000 for a text message, 500 for every other type, and this is another type. The stricter one warns.
        .limits(
            const {
                &[
                    Limit::most(5000, Unit::Utf16, "Y-MOD-14"),
                    Limit::warn(500, Unit::Utf16, "Y-MOD-14", words::ANTISPAM_CUSTOM_LONG),
                ]
            },
        )
        .hint(words::JSON_TEXT_HINT);

        const ANTISPAM_GROUP: Group = Group::folded(
            words::GROUP_ANTISPAM,
            const {
                &[
                    &ANTISPAM_ENABLED,
                    &ANTISPAM_BUSINESS,
                    &ANTISPAM_EXTENSION,
                    &ANTISPAM_CHEATING,
                    &ANTISPAM_CUSTOM_ENABLED,
                    &ANTISPAM_CUSTOM,
                ]
            },
        );

        fn custom_moderation_has_a_type(
            readings: &$crate::domain::validation::Readings,
        ) -> Option<$crate::domain::problem::Problem> {
            $crate::vendors::yunxin::options::custom_moderation_has_a_type(readings, &ANTISPAM_CUSTOM)
        }

        fn custom_moderation_has_its_data(
            readings: &$crate::domain::validation::Readings,
        ) -> Option<$crate::domain::problem::Problem> {
            $crate::vendors::yunxin::options::custom_moderation_has_its_data(readings, &ANTISPAM_CUSTOM)
        }
    };
}
pub(super) use custom_antispam_fields;

/// What holds for one kind of conversation only (Y-MOD-17).
macro_rules! conversation_options {
    (types: $types:expr) => {
        /// Whether only friends may.
        pub static CHECK_FRIEND: Field =
            Field::body("p2p_option.check_friend", words::CHECK_FRIEND, Kind::Flag, "Y-MOD-18")
                .when(&[(Is($types, &[P2P]), "Y-MOD-17")])
                .default("false")
                .hint(words::CHECK_FRIEND_HINT);
        /// Do it although the team is muted.
        pub static TEAM_IGNORE_BAN: Field =
            Field::body("team_option.ignore_chat_banned", words::IGNORE_CHAT_BANNED, Kind::Flag, "Y-MOD-18")
                .when(&[(Is($types, &[TEAM_TYPE]), "Y-MOD-17")])
                .default("false");
        /// Who does it must be a member.
        pub static TEAM_CHECK_MEMBER: Field =
            Field::body("team_option.check_team_member_valid", words::CHECK_MEMBER, Kind::Flag, "Y-MOD-18")
                .when(&[(Is($types, &[TEAM_TYPE]), "Y-MOD-17")])
                .default("true");
        /// Do it although the member is muted.
        pub static TEAM_IGNORE_MEMBER_BAN: Field = Field::body(
            "team_option.ignore_member_chat_banned",
            words::IGNORE_MEMBER_BANNED,
            Kind::Flag,
            "Y-MOD-18",
        )
        .when(&[(Is($types, &[TEAM_TYPE]), "Y-MOD-17")])
        .default("false");
        /// Do it although the super team is muted.
        pub static SUPER_IGNORE_BAN: Field = Field::body(
            "superteam_option.ignore_chat_banned",
            words::IGNORE_CHAT_BANNED,
            Kind::Flag,
            "Y-MOD-18",
        )
        .when(&[(Is($types, &[SUPER_TEAM]), "Y-MOD-17")])
        .default("false");
        /// Do it although the super team's member is muted.
        pub static SUPER_IGNORE_MEMBER_BAN: Field = Field::body(
            "superteam_option.ignore_member_chat_banned",
            words::IGNORE_MEMBER_BANNED,
            Kind::Flag,
            "Y-MOD-18",
        )
        .when(&[(Is($types, &[SUPER_TEAM]), "Y-MOD-17")])
        .default("false");
        /// Who does it must be a member of the super team.
        pub static SUPER_CHECK_MEMBER: Field = Field::body(
            "superteam_option.check_team_member_valid",
            words::CHECK_MEMBER,
            Kind::Flag,
            "Y-MOD-18",
        )
        .when(&[(Is($types, &[SUPER_TEAM]), "Y-MOD-17")])
        .default("true");
    };
}
pub(super) use conversation_options;

/// Where a sent message is kept and counted.
macro_rules! message_config_fields {
    () => {
        /// Counts as unread.
        pub static UNREAD: Field =
            Field::body("message_config.unread_enabled", words::UNREAD, Kind::Flag, "Y-MOD-18");
        /// Syncs to the sender's other devices. The wire name is misspelt by the vendor, and stays so.
        pub static MULTI_SYNC: Field =
            Field::body("message_config.mutil_sync_enabled", words::MULTI_SYNC, Kind::Flag, "Y-MOD-18");
        /// Is kept for offline receivers.
        pub static OFFLINE: Field =
            Field::body("message_config.offline_enabled", words::OFFLINE, Kind::Flag, "Y-MOD-18");
        /// Is kept in history.
        pub static HISTORY: Field =
            Field::body("message_config.history_enabled", words::HISTORY, Kind::Flag, "Y-MOD-18");
        /// Roams.
        pub static ROAMING: Field =
            Field::body("message_config.roaming_enabled", words::ROAMING, Kind::Flag, "Y-MOD-18");
        /// Becomes the conversation's last message.
        pub static CONVERSATION_UPDATE: Field = Field::body(
            "message_config.conversation_update_enabled",
            words::CONVERSATION_UPDATE,
            Kind::Flag,
            "Y-MOD-18",
        );
    };
}
pub(super) use message_config_fields;

fn custom_moderation(readings: &Readings, field: &'static Field) -> Option<Json> {
    readings.value(field).and_then(|value| Json::parse(&value.to_text()).ok())
}

/// Custom moderation names its type, 1 to 5 (Y-MOD-14).
pub(super) fn custom_moderation_has_a_type(readings: &Readings, field: &'static Field) -> Option<Problem> {
    let kind = custom_moderation(readings, field)?.get("type").and_then(Json::as_i64);
    let fault = Fault::said("moderation_type", words::ANTISPAM_CUSTOM_TYPE);
    (!kind.is_some_and(|kind| (1..=5).contains(&kind))).then(|| Problem::stop(field.name, "Y-MOD-14", fault))
}

/// Custom moderation has the data its type wants (Y-MOD-14).
pub(super) fn custom_moderation_has_its_data(readings: &Readings, field: &'static Field) -> Option<Problem> {
    let custom = custom_moderation(readings, field)?;
    let data = custom.get("data");
    let (whole, code, says) = match custom.get("type").and_then(Json::as_i64)? {
        1..=4 => {
            let named = data.and_then(Json::as_text).is_some_and(|data| !data.is_empty());
            (named, "moderation_data", words::ANTISPAM_CUSTOM_NO_DATA)
        }
        5 => {
            let images = data.and_then(|data| data.get("images")).and_then(Json::as_list);
            let text = data.is_some_and(|data| data.get("text").is_some());
            (
                text && images.is_some_and(|images| (1..=6).contains(&images.len())),
                "moderation_data",
                words::ANTISPAM_CUSTOM_DATA,
            )
        }
        _ => return None,
    };
    (!whole).then(|| Problem::stop(field.name, "Y-MOD-14", Fault::said(code, says)))
}
