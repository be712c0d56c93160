//! Workbooks as spreadsheet programs write them, read as the page asks for them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use std::io::{Cursor, Write};

use message_desk_sheet::read;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook with these sheets: names, and the XML of their rows. Style 1 is a date with a time.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let list = |line: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(at, (name, _))| line(at + 1, name)).collect()
    };
    let names = list(&|at, name| format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#));
    let targets = list(&|at, _| {
        format!(
            r#"<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        )
    });
    let package = "http://schemas.openxmlformats.org/package/2006";
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), format!(r#"<Types xmlns="{package}/content-types"/>"#)),
        (
            "_rels/.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(r#"<Relationships xmlns="{package}/relationships">{targets}</Relationships>"#),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                r#"<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/sharedStrings.xml".to_owned(),
            format!(r#"<sst xmlns="{MAIN}"><si><t>接收人</t></si><si><t>a,"b"</t></si></sst>"#),
        ),
    ];
    for (at, (_, rows)) in sheets.iter().enumerate() {
        let name = format!("xl/worksheets/sheet{}.xml", at + 1);
        parts.push((name, format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#)));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cells(rows: &str) -> String {
    let text = read("0", &workbook(&[("一", rows)])).unwrap();
    text.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn rows_keep_their_numbers_and_cells_their_columns() {
    let rows = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row><row r="5"><c r="B5" t="inlineStr"><is><t>x</t></is></c></row>"#;
    assert_eq!(cells(rows), "\n接收人,,\"a,\"\"b\"\"\"\n\n\n,x\n");
}

#[test]
fn a_number_with_lost_digits_is_written_so_that_it_is_noticed() {
    let row = |value: &str| cells(&format!(r#"<row r="1"><c r="A1"><v>{value}</v></c></row>"#));
    assert_eq!(row("158844553334358019"), "1.58844553334358E+17\n");
    assert_eq!(row("1.5884455333435802E+17"), "1.58844553334358E+17\n");
    assert_eq!(row("999999999999999"), "999999999999999\n");
    assert_eq!(row("1000000000000000"), "1.00000000000000E+15\n");
    assert_eq!(row("13800138000"), "13800138000\n");
    assert_eq!(row("1.5"), "1.5\n");
}

#[test]
fn dates_and_flags_are_written_as_people_read_them() {
    let rows = r#"<row r="1"><c r="A1" s="1"><v>46347.5</v></c><c r="B1" s="1"><v>46347</v></c><c r="C1" s="1"><v>0.25</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c></row>"#;
    assert_eq!(cells(rows), "2026-11-21 12:00:00,2026-11-21,06:00:00,TRUE,#N/A\n");
}

#[test]
fn any_sheet_can_be_asked_for_and_all_are_named() {
    let row = |text: &str| format!(r#"<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>"#);
    let book = workbook(&[("一", &row("u1")), ("Sheet \u{201c}2", &row("u2"))]);
    assert_eq!(read("1", &book).unwrap(), "{\"sheet\":1,\"sheets\":[\"一\",\"Sheet “2\"]}\nu2\n");
    assert_eq!(read("2", &book), Err("no_sheet"));
}

#[test]
fn what_is_broken_is_said() {
    let book = workbook(&[("一", r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)]);
    assert_eq!(read("0", &book[..book.len() / 2]), Err("broken"));
    assert_eq!(read("0", b"PK\x03\x04 and nothing of a workbook"), Err("broken"));
    assert_eq!(read("0", &workbook(&[("一", "<row r=\"1\"><c r=\"A1\"><v>1</c>")])), Err("broken"));
    assert_eq!(
        read("0", &workbook(&[("一", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>")])),
        Err("broken")
    );
    assert_eq!(read("0", &workbook(&[])), Err("no_sheet"));
}
