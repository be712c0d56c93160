use serde_json::{Value, json};

use super::caller::{code, done, refuses, with, without};
use crate::desk::{Desk, drop, put};

const SEND: &str = "openim/sendmsg";

fn letter(elements: Value) -> Value {
    json!({ "From_Account": "zhangsan", "To_Account": "lisi", "MsgRandom": 8, "MsgBody": elements })
}

fn one(kind: &str, content: &Value) -> Value {
    letter(json!([{ "MsgType": kind, "MsgContent": content }]))
}

/// Every type with all its fields.
fn whole() -> Vec<(&'static str, Value)> {
    let picture =
        json!({ "Type": 1, "Size": 1, "Width": 0, "Height": 0, "URL": "https://files.invalid/a.png" });
    vec![
        ("TIMTextElem", json!({ "Text": "你好" })),
        ("TIMLocationElem", json!({ "Desc": "", "Latitude": -90, "Longitude": 180.0 })),
        ("TIMFaceElem", json!({ "Index": 0, "Data": "" })),
        ("TIMCustomElem", json!({ "Data": "", "Desc": "", "Ext": "", "Sound": "" })),
        ("TIMSoundElem", json!({ "Url": "u", "UUID": "i", "Size": 1, "Second": 1, "Download_Flag": 2 })),
        ("TIMImageElem", json!({ "UUID": "i", "ImageFormat": 255, "ImageInfoArray": [picture] })),
        (
            "TIMFileElem",
            json!({ "Url": "u", "UUID": "i", "FileName": "n", "FileSize": 1, "Download_Flag": 2 }),
        ),
        (
            "TIMVideoFileElem",
            json!({ "VideoUrl": "u", "VideoUUID": "i", "VideoFormat": "mp4", "VideoSize": 1, "VideoSecond": 1,
                "VideoDownloadFlag": 2, "ThumbUrl": "u", "ThumbUUID": "i", "ThumbFormat": "jpg", "ThumbSize": 1,
                "ThumbWidth": 1, "ThumbHeight": 1, "ThumbDownloadFlag": 2 }),
        ),
    ]
}

fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "TIMTextElem" => &["Text"],
        "TIMLocationElem" => &["Desc", "Latitude", "Longitude"],
        "TIMFaceElem" => &["Index"],
        "TIMSoundElem" | "TIMFileElem" => &["Url", "UUID", "Download_Flag"],
        "TIMImageElem" => &["UUID", "ImageInfoArray"],
        "TIMVideoFileElem" => &[
            "VideoUrl",
            "VideoUUID",
            "VideoDownloadFlag",
            "ThumbUrl",
            "ThumbUUID",
            "ThumbWidth",
            "ThumbHeight",
            "ThumbDownloadFlag",
        ],
        _ => &[],
    }
}

#[tokio::test]
async fn every_type_passes_whole_and_with_its_required_fields_only() {
    let desk = Desk::new();
    for (kind, content) in whole() {
        done(&desk, SEND, &one(kind, &content)).await;
        let fields = content.as_object().expect("an object");
        let bare: Value = fields
            .iter()
            .filter(|(key, _)| required(kind).contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        done(&desk, SEND, &one(kind, &bare)).await;
    }
}

#[tokio::test]
async fn required_fields_types_and_names_are_checked() {
    let desk = Desk::new();
    for (kind, content) in whole() {
        for key in required(kind) {
            let field = format!("MsgBody.0.MsgContent.{key}");
            refuses(&desk, SEND, &one(kind, &without(&content, key)), 90_010, &field).await;
        }
        for key in content.as_object().expect("an object").keys() {
            let field = format!("MsgBody.0.MsgContent.{key}");
            refuses(&desk, SEND, &one(kind, &with(&content, key, json!(true))), 90_010, &field).await;
            let lower = with(&without(&content, key), &key.to_lowercase(), content[key].clone());
            assert_eq!(code(&desk, SEND, &one(kind, &lower)).await, 90_010, "{kind} {key}");
        }
    }
}

#[tokio::test]
async fn numbers_have_their_ranges() {
    let desk = Desk::new();
    for (kind, key, value) in [
        ("TIMTextElem", "Text", json!("")),
        ("TIMLocationElem", "Latitude", json!(90.1)),
        ("TIMLocationElem", "Longitude", json!(-180.1)),
        ("TIMLocationElem", "Latitude", json!("30")),
        ("TIMFaceElem", "Index", json!(1.5)),
        ("TIMSoundElem", "Download_Flag", json!(1)),
        ("TIMFileElem", "Download_Flag", json!("2")),
        ("TIMVideoFileElem", "ThumbDownloadFlag", json!(0)),
        ("TIMImageElem", "ImageFormat", json!(5)),
        ("TIMImageElem", "ImageInfoArray", json!([])),
        ("TIMImageElem", "ImageInfoArray", json!([1])),
    ] {
        let content = whole().into_iter().find(|(it, _)| *it == kind).expect("a type").1;
        assert_eq!(
            code(&desk, SEND, &one(kind, &with(&content, key, value.clone()))).await,
            90_010,
            "{key} {value}"
        );
    }
    let (kind, picture) = whole().remove(5);
    for key in ["URL", "Width", "Height"] {
        let bent = drop(&picture_only(&picture), &format!("/{key}"));
        let field = format!("MsgBody.0.MsgContent.ImageInfoArray.0.{key}");
        refuses(&desk, SEND, &one(kind, &with(&picture, "ImageInfoArray", json!([bent]))), 90_010, &field)
            .await;
    }
    for (pointer, value) in [("/Type", json!(4)), ("/Url", json!("u"))] {
        let bent = put(&picture_only(&picture), pointer, value);
        let body = one(kind, &with(&picture, "ImageInfoArray", json!([bent])));
        assert_eq!(code(&desk, SEND, &body).await, 90_010, "{pointer}");
    }
}

fn picture_only(content: &Value) -> Value {
    content["ImageInfoArray"][0].clone()
}

#[tokio::test]
async fn one_custom_element_at_most_and_any_number_of_others() {
    let desk = Desk::new();
    let custom = json!({ "MsgType": "TIMCustomElem", "MsgContent": { "Data": "x" } });
    let text = json!({ "MsgType": "TIMTextElem", "MsgContent": { "Text": "x" } });
    done(&desk, SEND, &letter(json!([text, custom, text, text]))).await;
    refuses(&desk, SEND, &letter(json!([custom, text, custom])), 90_010, "MsgBody").await;
    let relay =
        json!({ "Title": "t", "MsgNum": 1, "CompatibleText": "c", "AbstractList": ["a"], "JsonMsgKey": "k" });
    refuses(&desk, SEND, &one("TIMRelayElem", &relay), 90_010, "MsgBody.0.MsgType").await;
}
