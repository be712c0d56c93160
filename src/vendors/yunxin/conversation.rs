//! The conversation id in a path: an account, the kind of conversation, and the other side (Y-ID-4).

/// The parts of the conversation id, as statics of the operation that invokes it. The first is what `first` calls it.
macro_rules! conversation_fields {
    (first: $first:expr, hint: $hint:expr, other: $other:expr) => {
        /// The account the conversation id begins with.
        pub static SENDER: Field = Field::path(
            "conversation_id.sender_id",
            $first,
            $crate::domain::field::Kind::Id(&$crate::vendors::yunxin::ids::ACCOUNT),
            "Y-ID-1",
        )
        .required("Y-ID-4")
        .role($crate::domain::field::Role::Sender)
        .hint($hint);
        /// The kind of conversation.
        pub static CONVERSATION_TYPE: Field = Field::path(
            "conversation_id.conversation_type",
            words::CONVERSATION_TYPE,
            $crate::domain::field::Kind::Choice($crate::vendors::yunxin::ids::CONVERSATION_TYPES),
            "Y-ID-4",
        )
        .required("Y-ID-4");
        /// The other account, or the team.
        pub static RECEIVER: Field = Field::path(
            "conversation_id.receiver_id",
            $other,
            $crate::domain::field::Kind::IdWhen(
                $crate::domain::field::Condition::Is(&CONVERSATION_TYPE, $crate::vendors::yunxin::ids::TEAMS),
                &$crate::vendors::yunxin::ids::TEAM,
                &$crate::vendors::yunxin::ids::ACCOUNT,
            ),
            "Y-ID-1",
        )
        .required("Y-ID-4")
        .role($crate::domain::field::Role::Receiver)
        .label_when(
            $crate::domain::field::Condition::Is(&CONVERSATION_TYPE, $crate::vendors::yunxin::ids::TEAMS),
            words::TEAM_ID,
        );
    };
}
pub(super) use conversation_fields;

/// The path of a conversation's messages, in `version` of the API, with what follows.
macro_rules! conversation_path {
    ($version:literal, $last:literal $(, $more:expr)?) => {
        &[
            $crate::domain::operation::Segment::Literal("im"),
            $crate::domain::operation::Segment::Literal($version),
            $crate::domain::operation::Segment::Literal("conversations"),
            $crate::domain::operation::Segment::Joined(&[&SENDER, &CONVERSATION_TYPE, &RECEIVER], "|"),
            $crate::domain::operation::Segment::Literal($last),
            $($more,)?
        ]
    };
}
pub(super) use conversation_path;
