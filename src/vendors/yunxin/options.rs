//! Option fields that several operations share: push, moderation, routing. Each operation gets its own statics, with its own
//! rule ids (Y-MOD-11, 13, 15; Y-BAT-7, 8).

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
