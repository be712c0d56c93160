//! Lists made into requests, for real operations.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, helpers included"
)]

use message_desk::domain::batch::allowed::Allowed;
use message_desk::domain::batch::build::Builder;
use message_desk::domain::batch::check::DryRun;
use message_desk::domain::batch::keep::{Body, Head};
use message_desk::domain::batch::recipe::{LeftOut, Recipe};
use message_desk::domain::batch::trouble::{Trouble, Troubles};
use message_desk::domain::batch::{Batch, most, twice};
use message_desk::domain::draft::{Draft, Values};
use message_desk::domain::guard::{CAP, Guard, PROTECTED};
use message_desk::domain::ids::PlainIds;
use message_desk::domain::intake::columns::Known;
use message_desk::domain::intake::{Choice, Sheet};
use message_desk::domain::job::item::Counts;
use message_desk::domain::job::pace::Limit;
use message_desk::domain::job::settings::Settings;
use message_desk::domain::operation::{Danger, Operation, Targets};
use message_desk::domain::rate::offered;
use message_desk::domain::validation::{Checked, check};
use message_desk::vendors;
use proptest::prelude::*;

const NOW: i64 = 1_763_683_200_000;

fn operation(id: &str) -> &'static Operation {
    let mut all = vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied());
    all.find(|operation| operation.id == id).unwrap()
}

struct Made {
    batch: Batch,
    troubles: Troubles,
    merged: Vec<(u32, u32)>,
    dry: DryRun,
    input: String,
    wrong: Vec<usize>,
    passed: usize,
}

fn make(id: &str, text: &str, shared: &[(&str, &str)], step: usize) -> Made {
    guarded(id, text, shared, step, Guard::default())
}

fn guarded(id: &str, text: &str, shared: &[(&str, &str)], step: usize, guard: Guard) -> Made {
    leaving_out(id, text, shared, step, guard, |_| LeftOut::default())
}

fn leaving_out(
    id: &str,
    text: &str,
    shared: &[(&str, &str)],
    step: usize,
    guard: Guard,
    left_out: impl Fn(&Sheet) -> LeftOut,
) -> Made {
    let operation = operation(id);
    let known = Known::of(operation);
    let sheet = Sheet::read(text, Choice::default(), &known);
    let shared: Values = shared.iter().copied().collect();
    let places = known.map(&sheet.names);
    let names = sheet.names.clone();
    let left_out = left_out(&sheet);
    let recipe = Recipe { operation, shared, names, places, most: u32::MAX, guard, left_out };
    let mut builder = Builder::new(recipe, sheet.table.clone(), NOW);
    while builder.step(step, NOW) {}
    let input = builder.fingerprint();
    let (wrong, passed) = (builder.wrong.clone(), builder.passed);
    let (batch, mut troubles, merged) = builder.finish();
    troubles.add_list(&sheet, &operation.form);
    let mut dry = DryRun::new(&batch);
    while dry.step(&batch, 3, &mut troubles, NOW, 7) {}
    Made { batch, troubles, merged, dry, input, wrong, passed }
}

const SHARED: &[(&str, &str)] =
    &[("sender_id", "admin"), ("message.message_type", "0"), ("message.text", "今晚维护")];

fn stops(made: &Made) -> Vec<Trouble> {
    made.troubles.list().into_iter().filter(|trouble| trouble.stops).collect()
}

#[test]
fn a_list_that_a_quotation_mark_swallows_makes_no_job() {
    let made = make("yunxin.batch_send", "user0001,\"ab\nuser0002,cd", SHARED, 9);
    let stops = stops(&made);
    assert_eq!((made.batch.entries.len(), stops.len()), (1, 1));
    assert!(stops[0].says[1].starts_with("Row 1 opens a quotation mark that nothing closes"), "{stops:?}");
    assert!(stops[0].says[1].contains("Close the mark"), "{stops:?}");
}

#[test]
fn of_results_what_was_done_is_left_out_unless_a_person_wants_it_again() {
    let text = "accid,result.outcome\nuser0001,sent\nuser0002,planned\nuser0003,unknown\nuser0004,rejected\n";
    let again = |sheet: &Sheet| sheet.again.as_ref().map(|again| again.rows.clone()).unwrap_or_default();
    let rows = |made: &Made| made.batch.entries.iter().map(|entry| entry.row).collect::<Vec<_>>();
    for step in [1, 9] {
        let done = |sheet: &Sheet| LeftOut { done: again(sheet), wrong: false };
        let made = leaving_out("yunxin.batch_send", text, SHARED, step, Guard::default(), done);
        assert_eq!((rows(&made), stops(&made).len()), (vec![3, 5], 0));
        assert_eq!(rows(&make("yunxin.batch_send", text, SHARED, step)), [2, 3, 4, 5]);
    }
    // A row that says what such a row says is left out too, wherever it stands.
    let twice =
        "accid,result.outcome\nuser0003,rejected\nuser0001,sent\nuser0001,\nuser0002,\nuser0003,unknown\n";
    for step in [1, 2, 9] {
        let done = |sheet: &Sheet| LeftOut { done: again(sheet), wrong: false };
        let made = leaving_out("yunxin.batch_send", twice, SHARED, step, Guard::default(), done);
        assert_eq!((rows(&made), made.passed), (vec![5], 4), "{step}");
    }
    let all = "accid,result.outcome\nuser0001,sent\nuser0003,unknown\n";
    let done = |sheet: &Sheet| LeftOut { done: again(sheet), wrong: false };
    let made = leaving_out("yunxin.batch_send", all, SHARED, 9, Guard::default(), done);
    assert_eq!(stops(&made)[0].says[1], "Nothing is left to do: every row was left out.");
}

#[test]
fn rows_that_are_wrong_are_left_out_where_a_person_wants_it_and_nothing_else_is() {
    let guard = || Guard { protected: vec!["user0004".to_owned()], ..Guard::default() };
    let text = "accid,n\nuser0001,1\n1.02844E+18,1\nuser0002 user0003,1\nuser0004,1\nuser0005,1\n";
    let made = guarded("yunxin.batch_send", text, SHARED, 2, guard());
    let wrong: Vec<u32> = made.wrong.iter().map(|at| u32::try_from(*at).unwrap() + 2).collect();
    let mut said: Vec<u32> = stops(&made).iter().flat_map(|it| it.rows.clone()).collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(wrong, said, "each row that stops, and no other");
    assert_eq!(wrong, [3, 4, 5]);
    let left_out = |_: &Sheet| LeftOut { wrong: true, ..LeftOut::default() };
    let left = leaving_out("yunxin.batch_send", text, SHARED, 2, guard(), left_out);
    assert!(!left.troubles.stop(), "{:?}", left.troubles.list());
    assert_eq!((&left.wrong, left.batch.entries.len()), (&made.wrong, made.batch.entries.len()));
    assert!(!left.batch.entries.iter().any(|entry| entry.texts == ["user0004"]), "protected");
    let mut named: Vec<u32> =
        left.troubles.list().iter().filter(|it| it.left_out).flat_map(|it| it.rows.clone()).collect();
    named.sort_unstable();
    named.dedup();
    assert_eq!(named, wrong);
    // What is wrong with the list as a whole stops all the same.
    let few = Guard { protected: Vec::new(), recipients: Some(1) };
    let left = leaving_out("yunxin.batch_send", text, SHARED, 2, few, left_out);
    assert!(left.troubles.stop());
    let left =
        leaving_out("yunxin.batch_send", "accid\n1.02844E+18\n", SHARED, 2, Guard::default(), left_out);
    assert_eq!(stops(&left)[0].says[1], "Nothing is left to do: every row was left out.");
}

#[test]
fn each_row_that_is_wrong_says_why_of_itself() {
    let operation = operation("yunxin.batch_send");
    let known = Known::of(operation);
    let sheet = Sheet::read(
        "accid,n\nuser0001,1\nvip_1,1\nuser0002,1\nceo,1\n1.02844E+18,1\n",
        Choice::default(),
        &known,
    );
    let recipe = Recipe {
        operation,
        shared: SHARED.iter().copied().collect(),
        names: sheet.names.clone(),
        places: known.map(&sheet.names),
        most: u32::MAX,
        guard: Guard { protected: vec!["ceo".to_owned(), "vip_*".to_owned()], ..Guard::default() },
        left_out: LeftOut::default(),
    };
    let mut builder = Builder::new(recipe, sheet.table.clone(), NOW);
    let mut said = Vec::new();
    while let Some((at, troubles)) = builder.reasons(NOW) {
        said.extend(troubles.into_iter().map(|trouble| (at, trouble.says[1].clone())));
    }
    let names = ["vip_1", "ceo", "scientific"];
    assert_eq!(said.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 3, 4], "{said:?}");
    assert!(said.iter().zip(names).all(|((_, says), name)| says.contains(name)), "{said:?}");
}

#[test]
fn json_is_a_list_when_it_is_flat_and_stops_otherwise() {
    let made = make("yunxin.batch_send", r#"[{"accid":"u1","n":1},{"n":2,"accid":"u2"}]"#, SHARED, 9);
    assert!(!made.troubles.stop() && made.batch.entries.len() == 2, "{:?}", made.troubles.list());
    let made = make("yunxin.batch_send", r#"{"accid":"u1"}"#, SHARED, 9);
    let said = |trouble: &Trouble| trouble.says[1].contains(r#"[{"accid":"u1"},{"accid":"u2"}]"#);
    assert!(made.batch.entries.is_empty() && stops(&made).iter().any(said), "{:?}", made.troubles.list());
}

#[test]
fn a_text_names_a_column_called_name() {
    let shared: Vec<_> = SHARED
        .iter()
        .map(|(name, text)| (*name, if *name == "message.text" { "{{name}}，您好" } else { *text }))
        .collect();
    let made = make("yunxin.batch_send", "接收人,name\nuser0001,张三", &shared, 9);
    assert!(!made.troubles.stop(), "{:?}", made.troubles.list());
    assert_eq!(made.batch.texts(&[0], "1").get("message.text"), "张三，您好");
}

#[test]
fn of_columns_with_one_name_it_is_said_which_is_used_and_a_text_that_names_them_stops() {
    let list = "接收人,名字,接收人,名字\nuser0001,张三,user0002,张先生";
    let made = make("yunxin.batch_send", list, SHARED, 9);
    let troubles = made.troubles.list();
    assert_eq!((made.batch.entry(0).unwrap().texts, troubles.len()), (vec!["user0001"], 1), "{troubles:?}");
    assert!(!troubles[0].stops && troubles[0].says[0].contains("只用第 1 列"), "{troubles:?}");
    let text = |text: &'static str| [SHARED[0], SHARED[1], ("message.text", text)];
    let made = make("yunxin.batch_send", list, &text("{{名字}}，您好"), 9);
    let stops = stops(&made);
    assert_eq!(stops.len(), 1, "{stops:?}");
    assert!(
        stops[0].says[1].contains("{{名字}} may be any of several columns: 2 “名字”, 4 “名字”"),
        "{stops:?}"
    );
    let named = make("yunxin.batch_send", "接收人,名字,名\nuser0001,张三,张", &text("{{名字}}，您好"), 9);
    assert!(named.troubles.list().is_empty());
}

#[test]
fn a_text_that_a_comma_cuts_off_makes_no_job_and_a_cell_that_is_missing_is_said() {
    let list = "接收人,message.text\nuser0001,你好\nuser0002,你好, 世界\n";
    let made = make("yunxin.batch_send", list, SHARED, 9);
    let stopped = stops(&made);
    assert_eq!(stopped.len(), 1, "{stopped:?}");
    assert!(stopped[0].says[1].contains("more cells in 1 row: 3"), "{stopped:?}");
    assert!(stopped[0].says[1].contains("double quotation marks"), "{stopped:?}");
    let made = make("yunxin.batch_send", "接收人,备注\nuser0001,甲\nuser0002\nuser0003,丙", SHARED, 9);
    let troubles = made.troubles.list();
    assert_eq!((made.batch.entries.len(), troubles.len()), (3, 1), "{troubles:?}");
    assert!(!troubles[0].stops && troubles[0].says[0].contains("行号：3"), "{troubles:?}");
}

#[test]
fn a_column_of_choices_takes_their_names_in_either_language_and_says_how_they_were_read() {
    let list = "接收人,message.message_type\nu1,文本\nu2,TEXT\nu3,0\nu4,\u{a0}ｔｅｘｔ\u{200b}\n";
    let made = make("yunxin.batch_send", list, SHARED, 2);
    let troubles = made.troubles.list();
    let plain = "accid,message.message_type\nu1,0\nu2,0\nu3,0\nu4,0";
    let plain = make("yunxin.batch_send", plain, SHARED, 9);
    assert_eq!((made.dry.requests, troubles.len(), made.input), (1, 1, plain.input), "{troubles:?}");
    assert!(
        !troubles[0].stops && troubles[0].says[1].ends_with("“文本” → 0, “TEXT” → 0, “text” → 0"),
        "{troubles:?}"
    );
    assert_eq!(made.batch.texts(&[0, 1], "1").get("message.message_type"), "0");
    assert_eq!(made.batch.entry(1).unwrap().cells, ["u2", "TEXT"], "results hold what was there");
    // What is no name says what would be.
    let made = make("yunxin.batch_send", "accid,message.message_type\nu1,文字\n", SHARED, 9);
    assert!(stops(&made).iter().any(|it| it.says[0].contains("0 (文本)")), "{:?}", made.troubles.list());
    // Words and switches, in the rows of a list of objects as well.
    let list = "msg_id,chat_type,to,force\n1000000000000001,CHAT,lisi,TRUE\n1000000000000002,chat,lisi,是\n";
    for id in ["easemob.recall", "easemob.batch_recall"] {
        let (_, stopped, batch) = stops_of(id, list, &[]);
        assert!(stopped.is_empty(), "{id} {stopped:?}");
        let values = batch.texts(&[0], "1");
        let own = |name: &str| values.iter().any(|(known, text)| known.ends_with(name) && text == "chat");
        assert!(own("chat_type"), "{id} {values:?}");
    }
    let (_, stopped, batch) = stops_of("easemob.recall", list, &[]);
    assert_eq!((stopped.len(), batch.texts(&[1], "1").get("force")), (0, "true"));
}

#[test]
fn twelve_hundred_people_are_the_fewest_requests_without_a_warning() {
    let text: String = (0..1_200).map(|at| format!("user{at:04}\n")).collect();
    let made = make("yunxin.batch_send", &text, SHARED, 100);
    assert!(!made.troubles.stop(), "{:?}", made.troubles.list());
    assert_eq!((made.batch.entries.len(), made.dry.requests), (1_200, 12));
    assert_eq!(made.dry.samples.len(), 3);
    assert_eq!(made.dry.samples[0][0], 0);
    assert_eq!(made.dry.samples[2].last(), Some(&1_199));
    let values = made.batch.texts(&made.dry.samples[0], "1");
    let valid = Draft { operation: made.batch.operation, values }.validate(NOW).unwrap();
    assert!(valid.body().unwrap().contains("\"user0099\"") && !valid.body().unwrap().contains("user0100"));
}

#[test]
fn the_same_receiver_is_merged_and_said() {
    let made = make("yunxin.batch_send", "接收人\nU1\nu2\n\n u1 \n", SHARED, 1);
    assert_eq!(made.merged, [(5, 2)]);
    assert_eq!(made.batch.entries.len(), 2);
    assert_eq!(made.batch.entry(0).unwrap().texts, ["u1"]);
    // What one row is sent as is not said of others.
    let says = |text: &str| {
        let list = make("yunxin.batch_send", text, SHARED, 1).troubles.list();
        list.iter().map(|it| it.says[1].clone()).collect::<Vec<_>>()
    };
    assert_eq!(says("接收人\nU1\nu2"), ["It will be sent as “u1”."]);
    assert_eq!(
        says("接收人\nu2\nU1\nU3\nＵ4"),
        ["These are tidied before they are sent: “u3” is one of them."]
    );
}

#[test]
fn a_column_of_its_own_text_parts_the_requests_and_a_name_is_filled_in() {
    let shared = [("sender_id", "admin"), ("message.message_type", "0"), ("message.text", "{{名字}}，您好")];
    let made = make("yunxin.batch_send", "接收人,名字\nu1,甲\nu2,乙\nu3,甲\n", &shared, 9);
    assert!(!made.troubles.stop(), "{:?}", made.troubles.list());
    assert_eq!(made.dry.requests, 2);
    let values = made.batch.texts(&[0, 2], "1");
    assert_eq!((values.get("message.text"), values.get("receiver_ids")), ("甲，您好", "u1\nu3"));
    let strange = [("sender_id", "admin"), ("message.message_type", "0"), ("message.text", "{{谁}}，您好")];
    let made = make("yunxin.batch_send", "接收人\nu1\n", &strange, 9);
    assert!(stops(&made).iter().any(|it| it.says[0].contains("{{谁}}")), "{:?}", made.troubles.list());
}

#[test]
fn a_list_of_objects_can_be_a_column_of_json() {
    let body = |text: &str| format!(r#"[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]"#);
    let cell = |text: &str| format!("\"{}\"", body(text).replace('"', "\"\""));
    let list = format!("To_Account,MsgBody\nu1,{}\nu2,{}\nu3,{}\n", cell("甲"), cell("乙"), cell("甲"));
    let (requests, stopped, batch) = stops_of("tencent.batch_send", &list, &[]);
    assert_eq!((requests, stopped.len()), (2, 0), "{stopped:?}");
    let values = batch.texts(&[0, 2], "1");
    assert_eq!((values.get("MsgBody"), values.get("To_Account")), (&*body("甲"), "u1\nu3"));
    let valid = Draft { operation: batch.operation, values }.validate(NOW).unwrap();
    assert!(valid.body().unwrap().contains(&body("甲")), "{:?}", valid.body());
    let list = format!("To_Account,MsgBody\nu1,{}\nu2,[{{]\n", cell("甲"));
    let (_, stopped, _) = stops_of("tencent.batch_send", &list, &[]);
    assert!(stopped.iter().any(|it| it.rows == [3] && it.says[1].contains("JSON")), "{stopped:?}");
}

#[test]
fn what_is_wrong_is_grouped_by_cause_with_the_rows_of_the_file() {
    let text = "接收人,备注\nu1,a\n1.02844E+18,b\n\nu2;u3,c\nu4,d\n2.1E+17,e\n";
    let made = make("yunxin.batch_send", text, SHARED, 2);
    let found = stops(&made);
    let rows: Vec<_> = found.iter().map(|it| (it.count, it.rows.clone())).collect();
    assert_eq!(rows, [(2, vec![3, 7]), (1, vec![5])], "{found:?}");
    // What all rows share is judged too.
    let made = make("yunxin.batch_send", "接收人\nu1\nu2\n", &SHARED[..2], 2);
    let stops = stops(&made);
    assert!(stops.iter().any(|it| it.count == 2 && it.says[1].contains("Text")), "{stops:?}");
}

fn stops_of(id: &str, text: &str, shared: &[(&str, &str)]) -> (u32, Vec<Trouble>, Batch) {
    let made = make(id, text, shared, 2);
    (made.dry.requests, stops(&made), made.batch)
}

#[test]
fn one_message_per_row_takes_everything_from_columns() {
    let text = "conversation_id.sender_id,conversation_id.conversation_type,conversation_id.receiver_id,message_server_id\nzhangsan,1,lisi,158844553334358019\nzhangsan,1,lisi,\n";
    let (requests, stops, batch) = stops_of("yunxin.recall", text, &[("type", "2")]);
    assert_eq!((requests, stops.len(), stops[0].rows.clone()), (1, 1, vec![3]), "{stops:?}");
    assert_eq!(batch.texts(&[0], "1").get("type"), "2");
}

#[test]
fn rows_of_a_list_of_objects_share_requests() {
    let mut text = "msg_id,chat_type,to\n".to_owned();
    (0..65_u64).for_each(|at| text.push_str(&format!("{},chat,lisi\n", 1_000_000_000_000_000 + at)));
    let (requests, stops, batch) = stops_of("easemob.batch_recall", &text, &[]);
    assert_eq!((requests, stops.len()), (3, 0), "{stops:?}");
    let values = batch.texts(&[3, 4], "1");
    assert_eq!(values.get("msgs.1.msg_id"), "1000000000000004");
    assert_eq!(values.get("msgs.1.to"), "lisi");
}

#[test]
fn drawn_numbers_are_drawn_for_each_request() {
    let shared = [
        ("MsgBody.0.MsgType", "TIMTextElem"),
        ("MsgBody.0.MsgContent.Text", "{{name}}!"),
        ("MsgRandom", "1"),
    ];
    let (requests, stops, batch) = stops_of("tencent.batch_send", "To_Account,name\nu1,a\nu2,b\n", &shared);
    assert_eq!((requests, stops.len()), (2, 0), "{stops:?}");
    let values = batch.texts(&[1], "4294967295");
    assert_eq!((values.get("MsgRandom"), values.get("MsgBody.0.MsgContent.Text")), ("4294967295", "b!"));
}

#[test]
fn a_kept_body_comes_back() {
    let shared = [("sender_id", "admin"), ("message.message_type", "0"), ("message.text", "{{名字}}，您好")];
    let batch = make("yunxin.batch_send", "接收人,名字\nu1,\"甲,\n\"\"\"\nu2,乙\n", &shared, 9).batch;
    let limits = vec![Limit::requests(60, 60_000), Limit::items(5_000, 60_000, 100)];
    let settings = Settings::new(twice(batch.operation), limits);
    let body = Body { batch, settings };
    let back = Body::decode(&body.encode(), body.batch.operation).unwrap();
    assert_eq!(back.settings, body.settings);
    assert_eq!(back.batch.entries, body.batch.entries);
    assert_eq!(back.batch.groups, body.batch.groups);
    assert_eq!((back.batch.columns, back.batch.names), (body.batch.columns, body.batch.names));
}

#[test]
fn every_write_can_be_a_job() {
    for vendor in vendors::ALL {
        for operation in vendor.operations.iter().filter(|it| it.danger != Danger::Looks) {
            assert!(most(operation) >= 1, "{}", operation.id);
            assert!(!Known::of(operation).places().is_empty(), "{}", operation.id);
        }
    }
}

#[test]
fn a_hundred_thousand_rows_take_seconds_without_optimisation() {
    let text: String = (0..100_000).map(|at| format!("user{at},{at}\n")).collect();
    let text = format!("接收人,n\n{text}");
    let begun = std::time::Instant::now();
    let made = make("yunxin.batch_send", &text, SHARED, 500);
    assert_eq!((made.batch.entries.len(), made.dry.requests), (100_000, 1_000));
    let took = begun.elapsed().as_secs();
    assert!(took < 60, "{took} s");
}

#[test]
fn protected_ids_stop_wherever_they_stand() {
    let guard = Guard { protected: vec!["ceo".to_owned(), "vip_*".to_owned()], recipients: None };
    let text = "接收人\nu1\nCEO\nu2\nvip_7\n";
    let made = guarded("yunxin.batch_send", text, SHARED, 2, guard.clone());
    let found = stops(&made);
    assert_eq!(
        (found[0].rule, found[0].count, found[0].rows.clone()),
        (PROTECTED, 2, vec![3, 5]),
        "{found:?}"
    );
    assert!(found[0].says[1].contains("CEO"), "{found:?}");
    // As they are read: full-width, with a character that nobody sees.
    let made =
        guarded("yunxin.batch_send", "接收人\nu1\nｃｅｏ\nc\u{200b}eo\nu2\n", SHARED, 2, guard.clone());
    assert_eq!((stops(&made)[0].rule, stops(&made)[0].rows.clone()), (PROTECTED, vec![3, 4]));
    // Also where all rows share it, and where it is the sender whose messages are taken back.
    let recall = "conversation_id.sender_id,conversation_id.conversation_type,conversation_id.receiver_id,message_server_id\nvip_1,1,lisi,158844553334358019\n";
    assert_eq!(
        stops(&guarded("yunxin.recall", recall, &[("type", "2")], 2, guard.clone()))[0].rule,
        PROTECTED
    );
    let shared = [("type", "2"), ("conversation_id.receiver_id", "ceo")];
    let recall = "conversation_id.sender_id,conversation_id.conversation_type,message_server_id\nu1,1,158844553334358019\n";
    assert_eq!(stops(&guarded("yunxin.recall", recall, &shared, 2, guard.clone()))[0].rule, PROTECTED);
    // And where it is whose own copies go.
    let owned = "msgIdList,userId\n1000000000000001,u1\n";
    let found = stops(&guarded("easemob.delete_roaming", owned, &[("user_id", "ceo")], 2, guard.clone()));
    assert_eq!(found[0].rule, PROTECTED, "{found:?}");
    // And where a text names the column that says it.
    let shared = [("type", "2"), ("conversation_id.receiver_id", "{{谁}}")];
    let named = "conversation_id.sender_id,conversation_id.conversation_type,谁,message_server_id\nu1,1,u2,158844553334358019\nu1,1,ceo,158844553334358020\n";
    let found = stops(&guarded("yunxin.recall", named, &shared, 2, guard.clone()));
    assert_eq!((found[0].rule, found[0].rows.clone()), (PROTECTED, vec![3]), "{found:?}");
    let rows = "msg_id,chat_type,to\n1000000000000001,chat,ceo\n";
    assert_eq!(stops(&guarded("easemob.batch_recall", rows, &[], 2, guard.clone()))[0].rule, PROTECTED);
    // Sending as somebody touches whoever receives it.
    let shared = [("sender_id", "ceo"), ("message.message_type", "0"), ("message.text", "今晚维护")];
    assert!(stops(&guarded("yunxin.batch_send", "接收人\nu1\n", &shared, 2, guard)).is_empty());
}

/// What a place forbids of these entries of a job that was made when nothing was forbidden: rules, rows, words.
fn forbidden(made: &Made, guard: &Guard, items: &[u32]) -> Vec<(&'static str, Vec<u32>, String)> {
    let mut allowed = Allowed::new(guard.clone(), &made.batch);
    items.chunks(2).for_each(|some| allowed.step(&made.batch, some));
    allowed.found().into_iter().map(|it| (it.rule, it.rows, it.says[1].clone())).collect()
}

#[test]
fn what_is_forbidden_after_a_job_was_made_holds_for_what_is_to_leave() {
    let guard = Guard { protected: vec!["ceo".to_owned(), "vip_*".to_owned()], recipients: Some(4) };
    let made = make("yunxin.batch_send", "接收人\nu1\nCEO\nu2\nvip_7\n", SHARED, 2);
    assert!(!made.troubles.stop(), "{:?}", made.troubles.list());
    let found = forbidden(&made, &guard, &[0, 1, 2, 3]);
    assert_eq!((found.len(), found[0].0, &found[0].1), (1, PROTECTED, &vec![3, 5]), "{found:?}");
    assert!(found[0].2.contains("ceo"), "{found:?}");
    // What has left is nobody's to hold back.
    assert_eq!(forbidden(&made, &guard, &[0, 2]), []);
    assert_eq!(forbidden(&made, &Guard::default(), &[0, 1, 2, 3]), []);
    // The whole job counts, whatever is left of it.
    let found = forbidden(&made, &Guard { recipients: Some(3), ..Guard::default() }, &[0]);
    assert_eq!((found.len(), found[0].0, found[0].1.len()), (1, CAP, 0), "{found:?}");
    // As a file that was handed over says it, and as the job's own page read it back.
    let settings = Settings::new(twice(made.batch.operation), Vec::new());
    let body = Body { batch: made.batch.clone(), settings };
    let batch = Body::decode(&body.encode(), made.batch.operation).unwrap().batch;
    let back = Made { batch, ..made };
    assert_eq!(forbidden(&back, &guard, &[0, 1, 2, 3])[0].1, [3, 5]);
}

#[test]
fn what_is_forbidden_is_found_wherever_a_job_says_it() {
    let guard = Guard { protected: vec!["ceo".to_owned()], recipients: None };
    let rows = |id: &str, text: &str, shared: &[(&str, &str)]| {
        let made = make(id, text, shared, 2);
        let items: Vec<u32> = (0..).take(made.batch.entries.len()).collect();
        let mut rows: Vec<u32> = forbidden(&made, &guard, &items).into_iter().flat_map(|it| it.1).collect();
        rows.sort_unstable();
        rows
    };
    // In what every row says for itself, in what all share, and in what some share.
    let head = "conversation_id.sender_id,conversation_id.conversation_type,conversation_id.receiver_id,message_server_id\n";
    let recall = format!(
        "{head}ceo,1,lisi,158844553334358019\nu1,1,ceo,158844553334358020\nu1,1,u2,158844553334358021\n"
    );
    assert_eq!(rows("yunxin.recall", &recall, &[("type", "2")]), [2, 3]);
    let shared = [("type", "2"), ("conversation_id.receiver_id", "ceo")];
    let recall = "conversation_id.sender_id,conversation_id.conversation_type,message_server_id\nu1,1,158844553334358019\n";
    assert_eq!(rows("yunxin.recall", recall, &shared), [2]);
    let batch = "msg_id,chat_type,to\n1000000000000001,chat,u1\n1000000000000002,chat,ceo\n";
    assert_eq!(rows("easemob.batch_recall", batch, &[]), [3]);
    let groups = "msgIdList,groupId\n1000000000000001,g1\n1000000000000002,ceo\n1000000000000003,g1\n";
    assert_eq!(rows("easemob.delete_roaming_group", groups, &[("user_id", "u1")]), [3]);
    assert_eq!(rows("yunxin.batch_send", "u1\nu2\n", &[("sender_id", "ceo"), SHARED[1], SHARED[2]]), [0; 0]);
}

#[test]
fn forms_are_guarded_too_raw_json_included() {
    let guard = Guard { protected: vec!["ceo".to_owned()], recipients: Some(2) };
    let refuses = |id: &str, name: &str, text: &str| {
        let values: Values = [(name, text)].into_iter().collect();
        guard.refuses(operation(id), &values).map(|problem| problem.rule)
    };
    assert_eq!(refuses("yunxin.batch_send", "receiver_ids", "u1\nceo"), Some(PROTECTED));
    assert_eq!(refuses("yunxin.batch_send", "receiver_ids", "u1\nceo2"), None);
    assert_eq!(refuses("easemob.batch_recall", "msgs", r#"[{"msg_id":"1","to":"ceo"}]"#), Some(PROTECTED));
    assert_eq!(refuses("tencent.recall_by_sender", "Sender_Account", "ceo"), Some(PROTECTED));
    assert_eq!(refuses("tencent.find_c2c", "Peer_Account", "ceo"), None);
    let too_many = |count| guard.too_many(operation("yunxin.batch_send"), count).map(|problem| problem.rule);
    assert_eq!((too_many(2), too_many(3)), (None, Some(CAP)));
    assert_eq!(guard.too_many(operation("yunxin.recall"), 3).map(|problem| problem.rule), None);
}

#[test]
fn more_receivers_than_the_place_allows_stop_the_whole_list() {
    let guard = Guard { protected: Vec::new(), recipients: Some(2) };
    let made = guarded("yunxin.batch_send", "u1\nu2\nu1\n", SHARED, 2, guard.clone());
    assert!(!made.troubles.stop(), "merged ones do not count");
    let found = stops(&guarded("yunxin.batch_send", "u1\nu2\nu3\n", SHARED, 2, guard));
    assert_eq!((found[0].rule, found[0].says[1].contains("3 receivers")), (CAP, true), "{found:?}");
}

#[test]
fn the_same_input_has_the_same_fingerprint_and_any_other_has_not() {
    let of = |text: &str, shared: &[(&str, &str)]| make("yunxin.batch_send", text, shared, 2).input;
    let one = of("u1\nu2\nu3\n", SHARED);
    assert_eq!(one, of("接收人\nu3\n\nU1\nu2\nu2\n", SHARED));
    assert_ne!(one, of("u1\nu2\n", SHARED));
    assert_ne!(one, of("u1\nu2\nu4\n", SHARED));
    let other = [SHARED[0], SHARED[1], ("message.text", "明晚维护")];
    let corrected = of("u1\nu2\nu3\n", &other);
    assert_ne!(one, corrected);
    // The same list all the same.
    let head = head(&one);
    assert!(head.is_of_list(&one) && head.is_of_list(&corrected));
    assert!(!head.is_of_list(&of("u1\nu2\nu4\n", SHARED)));
    // With a text of its own in every row too, and another one then.
    let personal = [SHARED[0], SHARED[1], ("message.text", "{{x}}")];
    let rows = of("接收人,x\nu1,a\nu2,b\nu3,c\nu1,d\n", &personal);
    let others = of("接收人,x\nu1,a\nu2,b\nu3,d\nu1,d\n", &personal);
    assert_eq!(rows, of("接收人,x\nu1,a\nu2,b\nu3,c\nu1,d\n", &personal));
    assert!(rows != others && head.is_of_list(&rows) && head.is_of_list(&others));
    assert!(!head.is_of_list(&of("接收人,x\nu1,a\nu2,b\nu4,c\n", &personal)));
    assert!(!head.is_of_list("") && !Head { input: String::new(), ..head }.is_of_list(""));
}

fn head(input: &str) -> Head {
    Head {
        id: "0123456789abcdef0123456789abcdef".into(),
        operation: "yunxin.send".into(),
        account: "a".into(),
        practice: false,
        input: input.into(),
        created: 7,
        oldest: None,
        counts: Counts { planned: 1, ..Counts::default() },
        closed: None,
    }
}

#[test]
fn every_write_has_a_rate_of_its_vendor() {
    for vendor in vendors::ALL {
        for operation in vendor.operations {
            let rate = vendor.rate(operation).unwrap();
            assert!(rate.requests > 0 && rate.requests <= rate.most_requests, "{}", operation.id);
            let (requests, items) = offered(rate);
            assert!(
                requests <= rate.requests && rate.items.is_none_or(|most| items <= most),
                "{}",
                operation.id
            );
        }
        for rate in vendor.rates {
            assert!(
                rate.of.iter().all(|own| vendor.operations.iter().any(|it| it.id == own.id)),
                "{}",
                vendor.id
            );
        }
    }
    let rate = |id: &str| {
        vendors::ALL.iter().find_map(|it| it.rate(operation(id)).filter(|_| id.starts_with(it.id))).unwrap()
    };
    assert_eq!((rate("yunxin.batch_send").requests, rate("yunxin.recall").requests), (120, 6_000));
    assert_eq!(
        (rate("tencent.batch_send").items, rate("easemob.send_users").items),
        (Some(12_000), Some(6_000))
    );
}

#[test]
fn a_job_comes_out_of_its_file_as_it_went_in_and_a_broken_file_does_not() {
    use message_desk::domain::batch::Batch;
    use message_desk::domain::batch::keep::{Body, Line};
    use message_desk::domain::batch::packed::{pack, unpack};
    use message_desk::domain::job::record::Record;
    use message_desk::domain::job::settings::Settings;
    let head = head("");
    let operation = message_desk::vendors::ALL[0].operations[0];
    let batch = Batch {
        operation,
        columns: vec!["甲".into()],
        names: Vec::new(),
        groups: Vec::new(),
        entries: message_desk::domain::batch::entries::Entries::default(),
        most: 1,
        templates: [("message.text", "{{甲}}您好")].into_iter().collect(),
    };
    let settings = Settings::new(message_desk::domain::batch::twice(batch.operation), Vec::new());
    let line =
        |first, records| Line { first, at: 5, records, reasons: Vec::new(), notes: Vec::new() }.encode();
    let lines = [line(0, vec![Record::Checked]), line(1, vec![Record::Started, Record::Approved])];
    let file = pack(&head, &Body { batch, settings }, &lines);
    let packed = unpack(&file).unwrap();
    assert_eq!(packed.head, head);
    assert_eq!(packed.lines.iter().map(|(first, _)| *first).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(packed.lines[1].1, lines[1]);
    assert!(packed.body.contains("甲"));
    let read = |body: &str| Body::decode(body, operation).map(|body| body.batch.templates);
    assert_eq!(read(&packed.body).unwrap().get("message.text"), "{{甲}}您好");
    assert_eq!(read(&packed.body.replace("\"templates\"", "\"other\"")), Some(Values::new()), "an older one");
    for broken in [
        file.replace("message_desk_job\":1", "message_desk_job\":2"),
        file.replace(&head.id, "../x"),
        file.replace("\"first\":1", "\"first\":2"),
        file[..file.len() - 1].to_owned(),
        "{}".to_owned(),
    ] {
        assert_eq!(unpack(&broken), None, "{broken}");
    }
}

#[test]
fn who_stands_in_several_rows_with_different_texts_is_pointed_out() {
    let personal = [("sender_id", "admin"), ("message.message_type", "0"), ("message.text", "{{x}}")];
    let again = |id: &str, text: &str, shared: &[(&str, &str)]| {
        let troubles = told(id, text, shared).troubles.into_iter();
        let found: Vec<_> = troubles.filter(|it| it.says[1].contains("stands in an earlier row")).collect();
        found.into_iter().map(|it| (it.stops, it.rows)).collect::<Vec<_>>()
    };
    let rows = "接收人,x\nu1,a\nu2,a\nu1,b\nu2,a\nu1,c";
    // The second row for u2 says the same, and is merged.
    assert_eq!(again("yunxin.batch_send", rows, &personal), [(false, vec![4, 6])]);
    assert_eq!(again("yunxin.batch_send", "接收人,x\nu1,a\nu2,a\nu1,a", &personal), []);
    // Where the text is everybody's a second row is the same.
    assert_eq!(again("yunxin.batch_send", rows, SHARED), []);
    // A column that fills in the text.
    let columns = "接收人,message.text\nu1,a\nu1,b";
    assert_eq!(again("yunxin.batch_send", columns, &personal[..2]), [(false, vec![3])]);
    // An act on one message, whose receiver has a column.
    let shared = [
        ("From_Account", "admin"),
        ("MsgRandom", "1"),
        ("MsgBody.0.MsgType", "TIMTextElem"),
        ("MsgBody.0.MsgContent.Text", "{{x}}!"),
    ];
    assert_eq!(again("tencent.send", "To_Account,x\nu1,a\nu2,b\nu1,c", &shared), [(false, vec![4])]);
}

#[test]
fn the_first_texts_are_those_of_the_requests_and_empty_cells_are_known() {
    let shared = [
        ("sender_id", "admin"),
        ("message.message_type", "0"),
        ("message.text", "{{名字}}，您好"),
        ("message.attachment", "{\"a\":\"{{名字}}\"}"),
    ];
    let text = "接收人,名字\nu1,张\"三\nu2, \nu1,张\"三\nu3,王五\nu4";
    let Told { batch, recipe, troubles } = told("yunxin.batch_send", text, &shared);
    let first = recipe.first_texts(&batch, 2);
    let said: Vec<_> =
        first.iter().map(|it| (it.row, it.about.as_str(), it.text.as_str(), it.empty.join(","))).collect();
    assert_eq!(
        said,
        [
            (2, "u1", "张\"三，您好", String::new()),
            (2, "u1", "{\"a\":\"张\\\"三\"}", String::new()),
            (3, "u2", " ，您好", "名字".to_owned()),
            (3, "u2", "{\"a\":\" \"}", "名字".to_owned()),
        ]
    );
    for personal in &first {
        let at = u32::from(personal.row == 3);
        let request = batch.texts(&[at], "1");
        assert!(request.iter().any(|(_, text)| text == personal.text), "{personal:?}");
    }
    let empty: Vec<_> = troubles.into_iter().filter(|it| it.says[1].contains("is empty")).collect();
    assert_eq!(
        empty.iter().map(|it| (it.stops, it.rows.clone())).collect::<Vec<_>>(),
        vec![(false, vec![3, 6]); 2]
    );
    // A text that names nothing, and a list of nobody, have nothing to show.
    let Told { batch, recipe, troubles } = told("yunxin.batch_send", "接收人,名字\nu1,", SHARED);
    assert_eq!((recipe.first_texts(&batch, 3), troubles.len()), (Vec::new(), 0));
    let Told { batch, recipe, .. } = told("yunxin.batch_send", "", &shared);
    assert_eq!(recipe.first_texts(&batch, 3), []);
    // A column that fills the text in is no personalised text.
    let columns = "接收人,message.text\nu1,{{x}}";
    let Told { batch, recipe, .. } = told("yunxin.batch_send", columns, &shared[..2]);
    assert_eq!(recipe.first_texts(&batch, 3), []);
    // An act on one message has texts of its own in every row.
    let shared = [
        ("From_Account", "admin"),
        ("MsgRandom", "1"),
        ("MsgBody.0.MsgType", "TIMTextElem"),
        ("MsgBody.0.MsgContent.Text", "{{x}}!"),
    ];
    let Told { batch, recipe, .. } = told("tencent.send", "To_Account,x\nu1,a\nu2,b", &shared);
    let first = recipe.first_texts(&batch, 3);
    assert_eq!(first.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["a!", "b!"]);
}

struct Told {
    batch: Batch,
    recipe: Recipe,
    troubles: Vec<Trouble>,
}

fn told(id: &str, text: &str, shared: &[(&str, &str)]) -> Told {
    let operation = operation(id);
    let known = Known::of(operation);
    let sheet = Sheet::read(text, Choice::default(), &known);
    let places = known.map(&sheet.names);
    let shared = shared.iter().copied().collect();
    let guard = Guard::default();
    let recipe = Recipe {
        operation,
        shared,
        names: sheet.names,
        places,
        most: u32::MAX,
        guard,
        left_out: LeftOut::default(),
    };
    let mut builder = Builder::new(recipe.clone(), sheet.table, NOW);
    while builder.step(1, NOW) {}
    let (batch, troubles, _) = builder.finish();
    Told { batch, recipe, troubles: troubles.list() }
}

#[test]
fn a_list_changes_each_message_once_where_the_vendor_wants_a_rest() {
    let text = "msg_id,new_msg.msg\n1000000000000001,a\n1000000000000002,b\n1000000000000001,c\n1000000000000002,b\n";
    let column =
        |name: &str| Known::of(operation("easemob.rewrite")).find(name).map(|place| place.name.clone());
    assert!(column("msg_id").is_some(), "the test names no column");
    let made = make("easemob.rewrite", text, &[("new_msg.type", "txt")], 2);
    let found: Vec<_> =
        stops(&made).into_iter().filter(|it| it.says[1].contains("already changes")).collect();
    assert_eq!(found.iter().map(|it| it.rows.clone()).collect::<Vec<_>>(), [vec![4]], "{:?}", stops(&made));
}

/// What a verdict says, problem by problem, and what it read.
fn verdict(operation: &'static Operation, checked: &Checked) -> (Vec<String>, Vec<String>) {
    let problems = checked.problems.iter().map(|problem| format!("{problem:?}")).collect();
    let read = operation.form.fields().map(|field| format!("{:?}", checked.readings.value(field)));
    (problems, read.collect())
}

proptest! {
    #[test]
    fn another_list_is_judged_as_if_nothing_had_been_judged_before(
        texts in prop::collection::vec(prop::sample::select(vec!["", "0", "1", "2", "true", "admin", "a b", "{\"a\":1}", "公告"]), 60),
        lists in prop::collection::vec("(u[0-9]{1,2}\n|@x\n|1E5\n|张 三\n){0,8}", 1..4),
    ) {
        for operation in vendors::ALL.iter().flat_map(|vendor| vendor.operations.iter().copied()) {
            let Targets::EntriesOf(list) = operation.targets else { continue };
            let plain = PlainIds::of(list);
            let mut values: Values = operation.form.fields().map(|field| field.name).zip(texts.iter().copied()).collect();
            let mut last = check(&operation.form, &values, NOW);
            for text in &lists {
                values.set(list.name, text.as_str());
                last = last.again(&values, list, plain.as_ref());
                let fresh = check(&operation.form, &values, NOW);
                prop_assert_eq!(verdict(operation, &last), verdict(operation, &fresh), "{}", operation.id);
            }
        }
    }
}
