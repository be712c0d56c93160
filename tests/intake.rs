//! Lists that people bring, read for real operations.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::intake::columns::{Known, field_at};
use message_desk::domain::intake::{Choice, MOST_ROWS, Reading, Sheet};
use message_desk::domain::job::results::BOM;
use message_desk::domain::operation::Operation;
use message_desk::domain::reading::{is_plain_id, read};
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

proptest! {
    /// The short way must say the same as the long one.
    #[test]
    fn a_plain_id_is_read_as_it_stands(id in "[a-zA-Z0-9_@.+ \\-]{0,40}|[0-9]e[0-9]{1,3}|[\\PC]{1,4}") {
        for vendor in vendors::ALL {
            let fields = vendor.operations.iter().flat_map(|operation| operation.form.fields());
            for field in fields.filter(|field| is_plain_id(field, &id)) {
                let reading = read(field, &id, None);
                prop_assert_eq!(&reading.text, &id);
                prop_assert!(reading.problems.is_empty(), "{} {:?}", field.name, reading.problems);
            }
        }
    }
}
