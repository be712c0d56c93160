//! Lists that people bring, read for real operations.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::field::Kind;
use message_desk::domain::ids::PlainIds;
use message_desk::domain::intake::columns::Known;
use message_desk::domain::intake::separated::Delimiter;
use message_desk::domain::intake::{Choice, MOST_ROWS, Reading, Sheet, doubled};
use message_desk::domain::job::results::BOM;
use message_desk::domain::operation::Operation;
use message_desk::domain::problem::{Fault, Problem};
use message_desk::domain::reading::read;
use message_desk::domain::rows::field_at;
use message_desk::vendors;
use message_desk::words::Language;
use proptest::prelude::*;

fn known() -> Known {
    Known::of(operation("yunxin.batch_send"))
}

fn sheet(text: &str) -> Sheet {
    Sheet::read(text, Choice::default(), &known())
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    let sheet = sheet("\u{feff}receiver_ids,名字\r\nu1,甲\r\n\r\n\"u2\",\"乙\n丙\"\r\nu3,丁");
    assert!(sheet.headed);
    assert_eq!(sheet.names, ["receiver_ids", "名字"]);
    let rows: Vec<_> = (0..sheet.table.len()).map(|row| sheet.table.number(row)).collect();
    assert_eq!(rows, [2, 4, 5]);
    assert_eq!(sheet.table.cell(1, 1), "乙\n丙");
}

#[test]
fn a_header_is_known_by_its_words_or_by_having_no_digits() {
    assert!(sheet("接收人\nu1\nu2").headed);
    assert!(sheet("accid,note\nu1,x\nu2,y").headed);
    assert!(!sheet("zhangsan\nlisi").headed);
    assert!(!sheet("u1\nu2").headed);
    assert!(!sheet("").headed);
}

#[test]
fn the_first_person_of_a_list_is_not_taken_for_a_header() {
    for text in [
        "lisi\nuser0001\nuser0002",
        "zhangsan\n10001\n10002",
        "alice@x.com\n10001",
        "ceo \nuser0001",
        "zhangsan,lisi\nu1,u2\nu3,u4",
        "zhangsan\tvip\nu1\t1\nu2\t2",
        "user0001,member\nuser0002,admin",
        "lisi,user\nu1,user",
        "user u1 u2",
    ] {
        assert!(!sheet(text).headed, "{text:?}");
    }
    for text in [
        "ID\nu1",
        "accounts\n10001",
        "手机号\n13800000000",
        "用户 ID\nu1\nu2",
        "名单\nu1\nu2",
        "昵称,说明\n小王,你好",
        "这些人,说明\nu1,你好\nu2,你好",
    ] {
        assert!(sheet(text).headed, "{text:?}");
    }
}

#[test]
fn a_header_of_two_words_is_one_header() {
    for name in ["User ID", "Account ID", "User Name", "Account name", "user_id", "Receivers"] {
        for rows in ["user0001\nuser0002", "user0001 user0002", "user0001，user0002"] {
            let sheet = sheet(&format!("\n{name}\n{rows}\n"));
            let read: Vec<_> = (0..sheet.table.len()).map(|row| sheet.table.row(row).join("|")).collect();
            assert!(sheet.headed, "{name} {rows:?}");
            assert_eq!(
                (&*sheet.names, &*read),
                (&[name.to_owned()][..], &names(&["user0001", "user0002"])[..])
            );
        }
    }
    let all = Choice { delimiter: Some(Delimiter::Entries), headed: Some(false) };
    assert_eq!(Sheet::read("user id\nu1", all, &known()).table.len(), 3);
}

#[test]
fn a_guarded_header_comes_back_as_it_was() {
    let sheet = sheet("receiver_ids,'=hd,result.outcome\r\nu1,x,sent\r\n");
    assert_eq!(sheet.names, ["receiver_ids", "=hd"]);
}

#[test]
fn what_an_earlier_job_added_is_left_out() {
    let sheet = sheet("receiver_ids,note,result.outcome,result.code\r\nu1,'=1,sent,200\r\n");
    assert_eq!(sheet.names, ["receiver_ids", "note"]);
    assert_eq!((sheet.table.cell(0, 0), sheet.table.cell(0, 1)), ("u1", "=1"));
    assert_eq!(sheet.table.width(), 2);
}

#[test]
fn too_many_rows_are_said() {
    let sheet = sheet(&"u1\n".repeat(MOST_ROWS + 1));
    assert!(sheet.beyond && sheet.table.len() == MOST_ROWS);
    let text = "u1,甲,你好\n".repeat(MOST_ROWS);
    let sheet = Sheet::read(&text, Choice::default(), &known());
    assert!(!sheet.beyond && sheet.table.len() == MOST_ROWS);
}

fn operation(id: &str) -> &'static Operation {
    let all = vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied());
    all.into_iter().find(|operation| operation.id == id).unwrap()
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn columns_are_known_by_wire_name_label_or_the_end_of_a_name() {
    let known = Known::of(operation("yunxin.batch_send"));
    assert_eq!(
        known.map(&names(&["Receiver_IDs", "message.text", "发送者", "what"])),
        [
            Some("receiver_ids".to_owned()),
            Some("message.text".to_owned()),
            Some("sender_id".to_owned()),
            None
        ]
    );
    assert_eq!(known.map(&names(&["accid"])), [Some("receiver_ids".to_owned())]);
    assert_eq!(known.find("text").map(|place| place.name.as_str()), Some("message.text"));
    // A place is filled by one column.
    assert_eq!(known.map(&names(&["text", "message.text"]))[1], None);
}

#[test]
fn a_column_called_name_is_no_part_of_an_attachment() {
    let list = || Some("receiver_ids".to_owned());
    assert_eq!(known().map(&names(&["接收人", "name", "url"])), [list(), None, None]);
    let easemob = Known::of(operation("easemob.send_users"));
    assert_eq!(easemob.map(&names(&["用户", "url", "filename"])), [Some("to".to_owned()), None, None]);
}

#[test]
fn people_call_the_list_of_receivers_by_many_names() {
    for name in
        ["receiver", "Receivers", "recipient", "accid", "account", "uid", "User ID", "接收者", "用户", "账号"]
    {
        for id in ["yunxin.batch_send", "tencent.batch_send", "easemob.send_users"] {
            let known = Known::of(operation(id));
            let list = known.list().map(|place| place.name.clone());
            assert_eq!(known.map(&names(&["昵称", name])), [None, list], "{id} {name}");
        }
    }
    // Of two with such names one has to be said, and a list of groups has no such names.
    assert_eq!(known().map(&names(&["sender_id", "uid", "account"]))[1..], [None, None]);
    let groups = Known::of(operation("easemob.send_groups"));
    assert_eq!(groups.map(&names(&["from", "uid"]))[1], None);
    // What is left over is asked for.
    assert_eq!(known().map(&names(&["sender_id", "谁"]))[1], None);
}

#[test]
fn of_columns_with_one_name_the_first_is_used_and_the_others_are_said() {
    let said = |columns: &[&str], places: Option<Vec<Option<String>>>| {
        let columns = names(columns);
        let places = places.unwrap_or_else(|| known().map(&columns));
        let problems = doubled::doubled(&known(), &columns, &places);
        assert!(problems.iter().all(|problem| !problem.stops()));
        let facts = |problem: &Problem| match &problem.fault {
            Fault::Said { facts, .. } => facts.iter().map(|(_, fact)| fact.clone()).collect(),
            other => panic!("{other:?}"),
        };
        (places, problems.iter().map(facts).collect::<Vec<Vec<String>>>())
    };
    let list = || Some("receiver_ids".to_owned());
    for name in ["receiver", "接收人", "uid", "Receiver_IDs"] {
        let (places, facts) = said(&["昵称", name, "备注", name], None);
        assert_eq!(places, [None, list(), None, None], "{name}");
        assert_eq!(facts, [[format!("2 “{name}”, 4 “{name}”"), "2".to_owned()]]);
        // A person chooses the other one.
        let (_, facts) = said(&["昵称", name, "备注", name], Some(vec![None, None, None, list()]));
        assert_eq!(facts[0][1], "4");
    }
    // Two names of one thing, and only one of them is used.
    let (_, facts) = said(&["receiver_ids", "text", "message.text"], None);
    assert_eq!(facts, [["2 “text”, 3 “message.text”", "2"]]);
    let (_, facts) = said(&["accid", "Receivers"], None);
    assert_eq!(facts, [["1 “accid”, 2 “Receivers”", "2"]]);
    // What nobody uses may be there twice, and of two that people call receivers none is guessed.
    assert!(said(&["accid", "note", "note"], None).1.is_empty());
    assert_eq!(said(&["uid", "account"], None), (vec![None, None], Vec::new()));
    assert_eq!(said(&["昵称", "uid", "account"], None).0, [None, None, None]);
    let columns = names(&["uid", "name", "UID"]);
    let shown: Vec<_> = (0..3).map(|at| doubled::named(&columns, at)).collect();
    assert_eq!(shown, ["uid (1)", "name", "UID (3)"]);
}

#[test]
fn a_list_of_objects_is_filled_cell_by_cell() {
    let known = Known::of(operation("easemob.batch_recall"));
    assert_eq!(known.find("msg_id").map(|place| place.name.as_str()), Some("msgs.0.msg_id"));
    assert_eq!(known.find("msgs.0.to").map(|place| place.name.as_str()), Some("msgs.0.to"));
    assert!(field_at(&operation("easemob.batch_recall").form, "msgs.0.to").is_some());
}

#[test]
fn a_template_names_columns_that_are_found_again() {
    for vendor in vendors::ALL {
        for operation in vendor.operations {
            let known = Known::of(operation);
            for language in [Language::Chinese, Language::English] {
                let template = known.template(language);
                let line = template.trim_start_matches(BOM).trim_end();
                let columns: Vec<String> = line.split(',').map(str::to_owned).collect();
                assert!(known.map(&columns).iter().all(Option::is_some), "{} {line}", operation.id);
            }
        }
    }
}

#[test]
fn a_text_read_in_pieces_is_the_text_read_at_once() {
    let text = "\u{feff}接收人,名字,result.outcome\r\nu1,\"甲\n乙\",sent\r\n\r\nu2,'=1,sent\r\nu3,\"丙";
    for rows in [1, 2, 3, 100] {
        let mut reading = Reading::new(text, Choice::default(), &known());
        while reading.step(text, rows) {}
        assert_eq!(reading.finish(text), sheet(text), "{rows} rows at a time");
    }
    assert_eq!(sheet(text).open_quote, Some(5));
}

/// The entries of a text's only column, how it was read, and what of it was accepted: marks, places, widened, unseen.
fn list(text: &str) -> (Vec<String>, Delimiter, String, [u32; 3]) {
    let sheet = sheet(text);
    let entries = (0..sheet.table.len()).map(|row| sheet.table.row(row).join("|")).collect();
    let accepted = sheet.accepted;
    let counts = [accepted.places, accepted.widened, accepted.unseen];
    (entries, sheet.delimiter, accepted.marks().collect(), counts)
}

#[test]
fn whatever_parts_ids_makes_entries_of_them_and_is_said() {
    use Delimiter::{Entries, Lines};
    let four = |marks: &str, counts| {
        (vec!["a".to_owned(), "b".into(), "c".into(), "d".into()], Entries, marks.to_owned(), counts)
    };
    for (text, expected) in [
        ("a，b；c、d", four("，；、", [3, 0, 0])),
        ("a b\u{3000}c\td", four(" ", [3, 0, 0])),
        ("a,b;c, d", four(",;", [3, 0, 0])),
        ("a、b\r\nc\n\nd\n", four("、", [1, 0, 0])),
        ("a,\nb,\nc,\nd", four(",", [3, 0, 0])),
        ("\n接收人\na、b c，d；", four("，；、 ", [4, 0, 0])),
        ("ａ\nb\u{200b}\n\u{feff}c\nd", four("", [0, 1, 2])),
        ("，，a，b，c,d", four("，,", [4, 0, 0])),
    ] {
        assert_eq!(list(text), expected, "{text:?}");
    }
    assert_eq!(list("a\nb\nc\nd\n"), (four("", [0; 3]).0, Lines, String::new(), [0; 3]));
    let rows = sheet("zhangsan、u1、u2");
    assert!(!rows.headed, "the first of several on a line is no header");
    let numbers = |sheet: &Sheet| (0..3).map(|row| sheet.table.number(row)).collect::<Vec<_>>();
    assert_eq!((numbers(&rows), rows.accepted.in_order), (vec![1, 2, 3], true));
    // A line's number is what an editor shows.
    let rows = sheet("u1、u2\r\n\r\nu3");
    assert_eq!((numbers(&rows), rows.accepted.in_order), (vec![1, 1, 3], false));
    assert_eq!(sheet("u1 \n u2").delimiter, Lines, "spaces at the ends of lines part nothing");
}

#[test]
fn what_may_be_a_table_stays_one() {
    use Delimiter::{Comma, Lines, Tab, WideComma, WideSemicolon};
    for (text, delimiter, cells) in [
        ("u1,vip\nu2,vip", Comma, "u1|vip"),
        ("u1,张三", Comma, "u1|张三"),
        ("receiver_ids\tmessage.text", Tab, "|"),
        ("u1，张三\nu2，李四", WideComma, "u1|张三"),
        ("u1，张三\nu2,李四", WideComma, "u1|张三"),
        ("接收人；名字\nu1；张三", WideSemicolon, "u1|张三"),
        // Sentences, and tags of one thing.
        ("你好，世界\n大家好，欢迎", Lines, "你好，世界"),
        ("u1 张三\nu2 李四", Lines, "u1 张三"),
        ("张三、李四", Lines, "张三、李四"),
    ] {
        let sheet = sheet(text);
        assert_eq!((sheet.delimiter, &*sheet.table.row(0).join("|")), (delimiter, cells), "{text:?}");
        assert_eq!(sheet.may_be_list(), text.starts_with("u1,vip"), "{text:?}");
    }
    // A single column as programs write it, and a first row that names columns above nothing.
    for (text, cells) in [("\"accid\"\n\"user0001\"\n\"user0002\"", "user0001"), ("\"ceo\"", "ceo")] {
        let sheet = sheet(text);
        assert_eq!((sheet.delimiter, &*sheet.table.row(0).join("|")), (Comma, cells), "{text:?}");
    }
    for text in ["accid,name\n", "user id,nickname", "account,备注"] {
        let sheet = sheet(text);
        assert_eq!((sheet.headed, sheet.table.len()), (true, 0), "{text:?}");
    }
    // Of an act on one message a row is one act, whatever stands in it.
    let known = Known::of(operation("yunxin.recall"));
    assert_eq!(Sheet::read("a,b,c", Choice::default(), &known).table.len(), 1);
}

#[test]
fn one_row_with_a_cell_too_many_or_too_few_leaves_a_table_a_table() {
    use Delimiter::{Comma, Entries, Lines, Tab, WideComma};
    for (text, delimiter, cells, headed) in [
        ("接收人,内容\nu1,你好\nu2,你好, 世界\nu3,你好", Comma, "接收人|内容|", true),
        ("accid,tag\nu1,vip,x\nu2,vip\nu3,vip", Comma, "accid|tag|", true),
        ("这些人,内容\n1,你好\n2,你好, 世界\n3,你好", Comma, "这些人|内容|", true),
        ("u1,张三\nu2\nu3,王五,x\nu4,赵六", Comma, "u1|张三|", false),
        ("接收人\t名字\nu1\nu2\t李四\t2\nu3\t王五", Tab, "接收人|名字|", true),
        ("u1，张三\nu2，李四，四\nu3，王五", WideComma, "u1|张三|", false),
        // Quotation marks keep a text together, though rows were more alike without them.
        ("接收人,内容,备注\nu1,你好,甲\nu2,\"你好, 世界\"\nu3,你好,丙", Comma, "接收人|内容|备注", true),
        // A full-width comma beside plain ones is a text's.
        ("接收人,内容,备注\nu1,你好，世界\nu2,大家，好", Comma, "接收人|内容|备注", true),
        ("接收人,内容\nu1,你好，世界\nu2,大家好，早, 好\nu3,早，好", Comma, "接收人|内容|", true),
        // Lines of any number of ids are a list; one line that differs is a row.
        ("u1,u2\nu3,u4\nu5,u6,u7", Entries, "u1", false),
        ("u1,u2,u3\nu4,u5\nu6", Entries, "u1", false),
        ("u1,vip\nu2,vip\nu3,vip\nu4,vip,x", Comma, "u1|vip|", false),
        ("accid,tag\nu1,vip,x\nu2,a,b,c", Lines, "accid,tag", false),
        ("你好, 世界\n大家好\n早上好", Lines, "你好, 世界", false),
    ] {
        let choice = Choice { headed: Some(false), ..Choice::default() };
        let raw = Sheet::read(text, choice, &known());
        let read = (raw.delimiter, raw.table.row(0).join("|"), sheet(text).headed);
        assert_eq!(read, (delimiter, cells.to_owned(), headed), "{text:?}");
    }
    let said = |text: &str| sheet(text).problems().iter().map(Problem::stops).collect::<Vec<_>>();
    assert_eq!(said("接收人,内容\nu1,你好\nu2,你好, 世界\nu3,你好"), [true]);
    assert_eq!(said("接收人,内容\nu1,你好\nu2\nu3,你好"), [false]);
    assert!(said("u1,u2\nu3,u4\nu5,u6,u7").is_empty());
}

#[test]
fn marks_of_encodings_and_line_ends_of_several_kinds_are_said() {
    let of = |text: &str| sheet(text).accepted;
    assert!(of("\u{feff}u1\nu2").mark && !of("u1\nu2").mark);
    for text in ["u1\ru2\nu3", "u1\r\nu2\ru3", "u1,甲\r\nu2,乙\n", "u1、u2\r\nu3\ru4"] {
        assert!(of(text).ends_differ(), "{text:?}");
    }
    for text in ["u1\ru2\ru3", "u1\r\nu2\r\n", "u1,\"甲\n乙\"\r\nu2,乙\r\n", "u1、u2\r\nu3\r\nu4"] {
        assert!(!of(text).ends_differ(), "{text:?}");
    }
    assert_eq!(list("u1\ru2\nu3").0, ["u1", "u2", "u3"]);
}

#[test]
fn every_list_of_ids_may_be_typed_in_any_way() {
    for operation in vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied()) {
        let known = Known::of(operation);
        let Some(place) = known.list() else { continue };
        let field = field_at(&operation.form, &place.name).unwrap();
        // Its entries hold no separator, or else they would be torn apart.
        assert!(
            !matches!(field.kind, Kind::Text(_) | Kind::JsonObject | Kind::JsonText(_)),
            "{}",
            place.name
        );
        let sheet = Sheet::read("1、2 3", Choice::default(), &known);
        assert_eq!(sheet.table.len(), 3, "{}", operation.id);
    }
}

proptest! {
    /// What a person separates in any way is neither lost nor made up, in pieces as at once.
    #[test]
    fn entries_are_all_there(
        entries in prop::collection::vec("[a-z0-9]{1,5}", 1..9),
        marks in prop::collection::vec("[，；、,; \t\r\n\u{3000}]{1,3}", 9),
    ) {
        let text: String = entries.iter().zip(&marks).flat_map(|(entry, mark)| [entry.as_str(), mark]).collect();
        let choice = Choice { delimiter: Some(Delimiter::Entries), headed: Some(false) };
        let sheet = Sheet::read(&text, choice, &known());
        let read: Vec<_> = (0..sheet.table.len()).map(|row| sheet.table.cell(row, 0).to_owned()).collect();
        prop_assert_eq!(read, entries);
        let mut reading = Reading::new(&text, choice, &known());
        while reading.step(&text, 1) {}
        prop_assert_eq!(reading.finish(&text), sheet);
    }

    /// Line by line is the short way, commas are the long one.
    #[test]
    fn a_list_says_the_same_however_it_is_parted(
        ids in prop::collection::vec("[a-cA-C0-9_@.+ \\-]{0,3}|[０-９]{1,2}|[0-9]e[0-9]", 0..12),
        ending in "\n{0,2}",
    ) {
        for vendor in vendors::ALL {
            let fields = vendor.operations.iter().flat_map(|operation| operation.form.fields());
            for field in fields.filter(|field| PlainIds::of(field).is_some()) {
                let lines = read(field, &(ids.join("\n") + &ending), None);
                let commas = read(field, &ids.join(","), None);
                prop_assert_eq!(&lines.text, &commas.text, "{}", field.name);
                prop_assert_eq!(lines.value, commas.value);
                prop_assert_eq!(format!("{:?}", lines.problems), format!("{:?}", commas.problems));
            }
        }
    }

    /// The short way must say the same as the long one.
    #[test]
    fn a_plain_id_is_read_as_it_stands(id in "[a-zA-Z0-9_@.+ \\-]{0,40}|[0-9]e[0-9]{1,3}|[\\PC]{1,4}") {
        for vendor in vendors::ALL {
            let fields = vendor.operations.iter().flat_map(|operation| operation.form.fields());
            for field in fields.filter(|field| PlainIds::of(field).is_some_and(|plain| plain.hold(&id))) {
                let reading = read(field, &id, None);
                prop_assert_eq!(&reading.text, &id);
                prop_assert!(reading.problems.is_empty(), "{} {:?}", field.name, reading.problems);
            }
        }
    }
}
