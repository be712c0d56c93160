use super::*;
use crate::vendors::tencent;
use crate::words::Language;

/// Every error the vendor's pages list: status, `error`, `exception`, description, advice.
const KNOWN: &[(u16, &str, &str, &str, &Advice)] = &[
    // The token.
    (400, "illegal_argument", "", "client_id must be provided.", &CLIENT),
    (400, "illegal_argument", "", "client_secret must be provided", &CLIENT),
    (400, "invalid_grant", "", "client_id does not match", &CLIENT),
    (400, "invalid_grant", "", "client_secret does not match", &CLIENT),
    (
        404,
        "organization_application_not_found",
        "",
        "Could not find application for XXX/XXX from URI: XXX",
        &APP,
    ),
    // A change, as older clusters name it and as newer ones do.
    (
        400,
        "",
        "UnsupportedMessageTypeException",
        "The message is of a type that is currently not supported for modification.",
        &TYPE,
    ),
    (
        400,
        "message_rewrite_error",
        "",
        "The message is of a type that is currently not supported for modification.",
        &TYPE,
    ),
    (
        400,
        "InvalidMessageIdException",
        "InvalidMessageIdException",
        "The provided message ID is not a valid number.",
        &ID,
    ),
    (400, "invalid_request_body", "", "Request body is invalid. Please check body is correct.", &VALUE),
    (400, "illegal_argument", "", "new_msg is required", &EMPTY),
    (
        401,
        "",
        "RewriteMessageNotAuthorizedException",
        "You are not authorized to edit this message.",
        &NOT_OURS,
    ),
    (401, "message_rewrite_error", "", "You are not authorized to edit this message.", &NOT_OURS),
    (
        403,
        "",
        "EditLimitExceededException",
        "The message has reached its edit limit and cannot be modified further.",
        &EDITS,
    ),
    (
        403,
        "message_rewrite_error",
        "",
        "The message has reached its edit limit and cannot be modified further.",
        &EDITS,
    ),
    (
        403,
        "",
        "EditFeatureNotEnabledException",
        "The edit message feature is not enabled for this user or system.",
        &EDIT_OFF,
    ),
    (403, "message_rewrite_error", "", "The rewrite message feature is not open.", &EDIT_OFF),
    (404, "", "MessageUnavailableException", "The message is unavailable or has expired.", &EXPIRED),
    (404, "message_rewrite_error", "", "The message is unavailable or has expired.", &EXPIRED),
    (409, "concurrent_operation_error", "", "The message has been edited by another.", &CONFLICT),
    (
        500,
        "RewriteMessageInternalErrorException",
        "RewriteMessageInternalErrorException",
        "An unknown error occurred while processing the request.",
        &INTERNAL,
    ),
    // A recall.
    (400, "message_recall_error", "", "param msg_id can't be empty", &EMPTY),
    (400, "message_recall_error", "", "param to can't be empty", &EMPTY),
    (400, "message_recall_error", "", "param chat_type can't be empty", &EMPTY),
    (400, "message_recall_error", "", "param force can't be empty", &EMPTY),
    (400, "message_recall_error", "", "can't find msg to", &TO),
    (403, "message_recall_error", "", "exceed recall time limit", &WINDOW),
    (403, "message_recall_error", "", "not_found msg", &GONE),
    (403, "forbidden_op", "", "message recall service is unopened", &OFF),
    // An item of an older recall, on status 200.
    (200, "", "", "not_found msg", &GONE),
    // A deletion for one side.
    (400, "param exception", "", "delete msg list limit can not greater than 50", &TOO_MANY),
    (400, "service open exception", "", "this appKey not open message roaming", &OFF),
    (400, "Bad Request", "", "", &VALUE),
    // A send.
    (400, "message_send_error", "MessageSendException", "param from can't be empty", &EMPTY),
    (400, "message_send_error", "MessageSendException", "param to can't be empty", &EMPTY),
    (400, "message_send_error", "MessageSendException", "param type can't be empty", &EMPTY),
    (400, "message_send_error", "MessageSendException", "param body can't be empty", &EMPTY),
    (400, "message_send_error", "MessageSendException", "param ext must be JSONObject", &VALUE),
    (400, "message_send_error", "MessageSendException", "params to's size can't exceed limit 600", &TOO_MANY),
    (400, "message_send_error", "MessageSendException", "param to exceed limit", &TOO_MANY),
    (400, "message_send_error", "MessageSendException", "message is too large", &TOO_LONG),
    (403, "message_send_error", "MessageSendException", "message send reach limit", &RATE),
    (403, "", "", "Forbidden for url: [https://a1.easemob.com/XXX/XXX/messages/users]", &RATE),
    // History.
    (400, "illegal_argument", "", "illegal arguments: time, must be ISO8601", &VALUE),
    (404, "storage_object_not_found", "", "Failed to find chat message history download url", &FILE),
    // Common to all calls.
    (401, "unauthorized", "", "Unable to authenticate due to expired access token", &TOKEN_OLD),
    (401, "auth_bad_access_token", "", "Unable to authenticate due to corrupt access token", &TOKEN_BAD),
    (401, "auth_bad_access_token", "", "Unable to authenticate", &TOKEN_BAD),
    (401, "unauthorized", "", "registration is not open, please contact the app owner", &TOKEN_BAD),
    (403, "forbidden_op", "", "the service is unopened", &OFF),
    (404, "organization_application_not_found", "", "app not found", &APP),
    (404, "service_resource_not_found", "", "Service resource not found", &USER),
    (404, "", "", "no such API", &BUG),
    (404, "", "", "", &NOT_FOUND),
    (405, "", "", "", &BUG),
    (408, "", "", "", &TIMEOUT),
    (413, "", "", "", &TOO_LONG),
    (415, "", "", "", &BUG),
    (429, "", "", "This request has reached api limit", &RATE),
    (429, "", "", "", &RATE),
    (
        429,
        "resource_limited",
        "",
        "You have exceeded the limit of the community edition,Please upgrade to the enterprise edition",
        &QUOTA,
    ),
    (500, "", "", "", &INTERNAL),
    (500, "web_application", "", "", &BUG),
    (500, "unsupported_service_operation", "", "", &BUG),
    (501, "", "", "", &BUG),
    (502, "", "", "", &INTERNAL),
    (503, "", "", "", &INTERNAL),
    (504, "", "", "", &TIMEOUT),
];

#[test]
fn every_documented_error_has_its_advice() {
    for (status, error, exception, description, expected) in KNOWN {
        let found = advice(*status, error, exception, description);
        assert!(
            found.is_some_and(|found| std::ptr::eq(found, *expected)),
            "{status} {error} {description}: {found:?}"
        );
    }
}

#[test]
fn without_a_description_the_names_decide_and_then_the_status() {
    for (status, error, exception, expected) in [
        (400, "message_rewrite_error", "", &TYPE),
        (401, "message_rewrite_error", "", &NOT_OURS),
        (401, "unauthorized", "", &TOKEN_BAD),
        (403, "message_rewrite_error", "", &FORBIDDEN),
        (403, "", "EditLimitExceededException", &EDITS),
        (403, "", "com.easemob.message.EditLimitExceededException", &EDITS),
        (403, "something_new", "EditFeatureNotEnabledException", &EDIT_OFF),
        (404, "message_rewrite_error", "", &EXPIRED),
        (404, "web_application", "", &NOT_FOUND),
        (401, "something_new", "SomethingNewException", &TOKEN_BAD),
        (400, "", "", &VALUE),
        (403, "message_send_error", "", &FORBIDDEN),
        (429, "resource_limited", "", &QUOTA),
    ] {
        assert_eq!(advice(status, error, exception, ""), Some(expected), "{status} {error} {exception}");
    }
    for status in [0, 200, 302, 402, 418, 505] {
        assert_eq!(advice(status, "", "", ""), None, "{status}");
        assert_eq!(advice(status, "message_rewrite_error", "", "something new"), None, "{status}");
    }
}

#[test]
fn a_description_counts_in_any_case() {
    assert_eq!(advice(403, "", "", "MESSAGE SEND REACH LIMIT"), Some(&RATE));
    for (part, _) in SAYS {
        assert_eq!(*part, part.to_ascii_lowercase(), "what is looked for is in lower case");
    }
}

/// No row is hidden behind an earlier one, and none is there twice.
#[test]
fn every_row_can_be_reached() {
    for (at, (part, _)) in SAYS.iter().enumerate() {
        let earlier = SAYS.iter().take(at).find(|(other, _)| part.contains(other));
        assert_eq!(earlier, None, "{part}");
    }
    for (at, (status, name, _)) in NAMES.iter().enumerate() {
        let hidden =
            NAMES.iter().take(at).any(|(other, known, _)| known == name && [0, *status].contains(other));
        assert!(!hidden, "{status} {name}");
    }
    assert!(STATUSES.is_sorted_by(|(before, _), (after, _)| before < after));
}

/// A refusal says that nothing happened; what broke or took too long does not.
#[test]
fn what_may_have_happened_is_dangerous_to_repeat() {
    for (name, advice) in ADVICES {
        assert_eq!(advice.repeat == Repeat::Dangerous, ["TIMEOUT", "INTERNAL"].contains(name), "{name}");
        assert_ne!(advice.repeat, Repeat::Done, "{name}");
    }
}

#[test]
fn everything_is_said_in_both_languages_and_asked_for() {
    for (name, advice) in ADVICES {
        for words in [advice.meaning, advice.cause, advice.next] {
            assert!(
                !words.text(Language::Chinese).is_empty() && !words.text(Language::English).is_empty(),
                "{name}"
            );
        }
        assert!(
            KNOWN.iter().any(|(.., known)| std::ptr::eq(*known, *advice)) || *name == "FORBIDDEN",
            "{name}"
        );
    }
}

#[test]
fn every_sentence_belongs_to_an_error() {
    for (name, sentence) in words::ALL {
        let used =
            ADVICES.iter().any(|(_, advice)| [advice.meaning, advice.cause, advice.next].contains(sentence));
        assert!(used, "{name}");
    }
}

/// The sentences in common are used by this vendor or by the other that shares them.
#[test]
fn every_shared_sentence_belongs_to_an_error_of_some_cloud() {
    let others = tencent::codes::CODES.iter().map(|(_, advice)| advice).chain([tencent::codes::by_range(0)]);
    let all: Vec<_> = ADVICES.iter().map(|(_, advice)| *advice).chain(others).collect();
    for (name, sentence) in shared::ALL {
        let used = all.iter().any(|advice| [advice.meaning, advice.cause, advice.next].contains(sentence));
        assert!(used, "{name}");
    }
}
