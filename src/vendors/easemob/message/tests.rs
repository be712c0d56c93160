use super::*;

fn read_text(text: &str) -> Message {
    read(&Json::parse(text).unwrap()).unwrap()
}

#[test]
fn a_line_of_an_hour_file_is_told_by_its_inner_part() {
    let message = read_text(
        r#"{"msg_id":"1418038712905770616","timestamp":1747727666259,"direction":"outgoing","to":"internal","from":"internal","chat_type":"groupchat",
            "payload":{"bodies":[{"type":"txt","msg":"你好"}],"ext":{},"from":"user1","to":"184524748161025"}}"#,
    );
    assert_eq!((message.sender.as_str(), message.receiver.as_str()), ("user1", "184524748161025"));
    assert_eq!(
        (message.time, message.kind.as_str(), message.text.as_str()),
        (Some(1_747_727_666_259), "txt", "你好")
    );
    for (name, text) in [
        ("msg_id", "1418038712905770616"),
        ("msgIdList", "1418038712905770616"),
        ("chat_type", "groupchat"),
        ("to", "184524748161025"),
        ("from", "user1"),
        ("groupId", "184524748161025"),
        ("userId", ""),
        ("username", "user1"),
        ("delTime", "1747727666259"),
        ("startTimestamp", "1747724066259"),
        ("new_msg.type", "txt"),
        ("new_msg.msg", "你好"),
        ("new_ext", ""),
        ("msgs.0.msg_id", "1418038712905770616"),
        ("msgs.0.chat_type", "groupchat"),
        ("msgs.0.force", "false"),
    ] {
        assert_eq!(message.values.get(name), text, "{name}");
    }
}

#[test]
fn a_copy_goes_from_the_one_who_got_it() {
    let message =
        read_text(r#"{"msg_id":"1418038712905770616","chat_type":"chat","payload":{"from":"a","to":"b"}}"#);
    assert_eq!((message.values.get("user_id"), message.values.get("userId")), ("b", "a"));
}

#[test]
fn callbacks_name_the_message_and_not_the_event() {
    let edited = read_text(
        r#"{"chat_type":"edit","msg_id":"1418038712905770999","timestamp":1747727999000,"from":"user1","to":"user2","payload":{"edit_message_id":"1418038712905770616",
            "from":"user1","to":"user2","bodies":[{"type":"custom","customEvent":"gift","v2:customExts":{"a":"b"}}],
            "meta":{"edit_msg":{"chat_type":"chat","send_time":1747727666259,"edit_time":1747727999000,"sender":"user1","count":3,"operator":"admin"}}}}"#,
    );
    assert_eq!(
        (edited.id.as_str(), edited.state, edited.time),
        ("1418038712905770616", State::Changed, Some(1_747_727_666_259))
    );
    assert_eq!((edits(&edited.raw), edited.values.get("chat_type")), (Some(3), "chat"));
    assert_eq!(
        (edited.values.get("new_msg.customEvent"), edited.values.get("new_msg.customExts")),
        ("gift", r#"{"a":"b"}"#)
    );
    let recalled = [
        r#"{"chat_type":"recall","msg_id":"1418038712905770999","recall_id":"1418038712905770616","from":"user1","to":"user2"}"#,
        r#"{"chat_type":"recall","msg_id":"1418038712905770999","payload":{"ack_message_id":"1418038712905770616"}}"#,
    ];
    for text in recalled {
        let message = read_text(text);
        assert_eq!((message.id.as_str(), message.state), ("1418038712905770616", State::Recalled));
        assert!(!is_dated(&message));
    }
}

#[test]
fn the_older_list_of_attributes_is_one_map() {
    let message = read_text(
        r#"{"msg_id":"1","payload":{"bodies":[{"type":"custom","customEvent":"e","customExts":[{"a":"1"},{"b":"2"}]}]}}"#,
    );
    assert_eq!(message.values.get("new_msg.customExts"), r#"{"a":"1","b":"2"}"#);
}

#[test]
fn of_an_image_the_extension_is_carried() {
    let message = read_text(
        r#"{"msg_id":"1","payload":{"bodies":[{"type":"image","url":"u","filename":"a.jpg"}],"ext":{"k":1}}}"#,
    );
    assert_eq!((message.text.as_str(), message.values.get("new_msg.type")), ("a.jpg", "img"));
    assert_eq!((message.values.get("new_ext"), message.values.get("new_msg.msg")), (r#"{"k":1}"#, ""));
}

#[test]
fn other_objects_are_no_messages() {
    for text in
        ["{}", "[]", "null", r#"{"msg_id":""}"#, r#"{"MsgKey":"1"}"#, r#"{"chat_type":"edit","msg_id":"1"}"#]
    {
        assert_eq!(read(&Json::parse(text).unwrap()), None, "{text}");
    }
}

#[test]
fn a_bare_line_is_told_by_the_shapes_in_it() {
    let id = "1418038712905770616";
    for (line, chat, to, from) in [
        (vec![id], "", "", ""),
        (vec!["user2", id], "chat", "user2", ""),
        (vec![id, "user2", "user1"], "chat", "user2", "user1"),
        (vec![id, "184524748161025", "user1"], "groupchat", "184524748161025", "user1"),
        (vec![id, "chatroom", "184524748161025"], "chatroom", "184524748161025", ""),
    ] {
        let message = cells(&line).unwrap();
        let values = &message.values;
        assert_eq!(message.time, Some(1_747_727_666_258));
        assert_eq!(
            (values.get("chat_type"), values.get("to"), values.get("from")),
            (chat, to, from),
            "{line:?}"
        );
    }
    for line in [vec![], vec!["user1"], vec!["184524748161025"], vec!["C_1_2_3", "a"]] {
        assert_eq!(cells(&line), None, "{line:?}");
    }
}
