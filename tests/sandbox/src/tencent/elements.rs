//! `MsgBody` (消息内容): its elements, one by one (T-MOD-4 to T-MOD-8, T-BODY-1 to T-BODY-7).

use serde_json::{Map, Value};

use super::codes::{
    BATCH_TOO_LONG, BODY_NO_ARRAY, BODY_SHAPE, ELEMENT, GROUP_TOO_LONG, MODERATED, PARAMETER, Refusal,
    TOO_LONG,
};
use super::fields::Fields;

const FORBIDDEN_WORD: &str = "违禁词";
const LONGEST_BYTES: usize = 12 * 1024;
const CUSTOM: &str = "TIMCustomElem";
const DOWNLOAD: [u64; 1] = [2];
const IMAGE_FORMATS: [u64; 5] = [1, 2, 3, 4, 255];
const IMAGE_TYPES: [u64; 3] = [1, 2, 3];

/// With which code a command refuses what about a `MsgBody`.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodyCodes {
    pub(super) no_array: u32,
    shape: u32,
    element: u32,
    too_long: u32,
}

impl BodyCodes {
    /// One-to-one messages, and every modification.
    pub(super) const SINGLE: Self =
        Self { no_array: BODY_NO_ARRAY, shape: BODY_SHAPE, element: ELEMENT, too_long: TOO_LONG };
    /// A message to many accounts.
    pub(super) const BATCH: Self = Self { too_long: BATCH_TOO_LONG, ..Self::SINGLE };
    /// A message to a group.
    pub(super) const GROUP: Self =
        Self { no_array: PARAMETER, shape: PARAMETER, element: PARAMETER, too_long: GROUP_TOO_LONG };
}

/// What a message says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Content {
    pub(super) body: Vec<Value>,
    pub(super) custom: Option<String>,
}

impl Content {
    /// Adds both fields to an answer, without what is absent.
    pub(super) fn write(&self, answer: &mut Map<String, Value>) {
        answer.insert("MsgBody".to_owned(), self.body.clone().into());
        if let Some(custom) = &self.custom {
            answer.insert("CloudCustomData".to_owned(), custom.clone().into());
        }
    }

    /// The content as text, to tell one from another.
    pub(super) fn fingerprint(&self) -> String {
        format!("{}{:?}", Value::Array(self.body.clone()), self.custom)
    }
}

/// Reads the two content fields that every sending command needs.
pub(super) fn sent(fields: &mut Fields, codes: &BodyCodes, general: u32) -> Result<Content, Refusal> {
    let body = fields.array("MsgBody", codes.no_array)?;
    let body = fields.need("MsgBody", codes.shape, body)?;
    let content = Content { body, custom: fields.text("CloudCustomData", general)? };
    check(&content, codes, &[])?;
    Ok(content)
}

/// Checks a whole content. An element that stands in `kept` as it is was stored before and may be sent back.
pub(super) fn check(content: &Content, codes: &BodyCodes, kept: &[Value]) -> Result<(), Refusal> {
    if content.body.is_empty() {
        return Err(Refusal::field(codes.shape, "MsgBody", "has no element"));
    }
    for (at, element) in content.body.iter().enumerate() {
        if !kept.contains(element) {
            check_element(at, element, codes)?;
        }
    }
    let is_custom = |element: &&Value| element.get("MsgType").and_then(Value::as_str) == Some(CUSTOM);
    if content.body.iter().filter(is_custom).count() > 1 {
        return Err(Refusal::field(codes.element, "MsgBody", "has more than one TIMCustomElem"));
    }
    check_size(content, codes)?;
    moderate(content)
}

/// T-LIM-1: the bytes of the serialised `MsgBody` plus `CloudCustomData`.
pub(super) fn check_size(content: &Content, codes: &BodyCodes) -> Result<(), Refusal> {
    let body = Value::Array(content.body.clone()).to_string().len();
    let bytes = body + content.custom.as_ref().map_or(0, String::len);
    if bytes > LONGEST_BYTES {
        let fault = format!("is too long: {bytes} bytes with CloudCustomData, at most {LONGEST_BYTES}");
        return Err(Refusal::field(codes.too_long, "MsgBody", &fault));
    }
    Ok(())
}

fn moderate(content: &Content) -> Result<(), Refusal> {
    let texts = content.body.iter().filter_map(|element| element.pointer("/MsgContent/Text")?.as_str());
    for text in texts {
        if text.contains(FORBIDDEN_WORD) {
            return Err(Refusal::new(MODERATED, "the text has sensitive content"));
        }
    }
    Ok(())
}

fn check_element(at: usize, element: &Value, codes: &BodyCodes) -> Result<(), Refusal> {
    let name = format!("MsgBody.{at}");
    let Value::Object(map) = element else {
        return Err(Refusal::field(codes.shape, &name, "must be an object"));
    };
    let mut element = Fields::inside(format!("{name}."), map.clone());
    let kind = element.required_text("MsgType", codes.shape)?;
    let content = element.object("MsgContent", codes.shape)?;
    let mut content = element.need("MsgContent", codes.shape, content)?;
    let code = codes.element;
    match kind.as_str() {
        "TIMTextElem" => text(&mut content, code)?,
        "TIMLocationElem" => location(&mut content, code)?,
        "TIMFaceElem" => face(&mut content, code)?,
        CUSTOM => custom(&mut content, code)?,
        "TIMSoundElem" => sound(&mut content, code)?,
        "TIMImageElem" => image(&mut content, code)?,
        "TIMFileElem" => file(&mut content, code)?,
        "TIMVideoFileElem" => video(&mut content, code)?,
        _ => return element.refuse("MsgType", code, "is no type that may be sent"),
    }
    content.finish(code)?;
    element.finish(codes.shape)
}

fn text(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    content.required_text("Text", code).map(|_| ())
}

fn location(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    let desc = content.text("Desc", code)?;
    content.need("Desc", code, desc)?;
    content.required_number("Latitude", code, -90.0..=90.0)?;
    content.required_number("Longitude", code, -180.0..=180.0)
}

fn face(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    content.required_whole("Index", code)?;
    content.text("Data", code).map(|_| ())
}

fn custom(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    texts(content, code, &["Data", "Desc", "Ext", "Sound"])
}

fn sound(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    required_texts(content, code, &["Url", "UUID"])?;
    wholes(content, code, &["Size", "Second"])?;
    download_flag(content, code, "Download_Flag")
}

fn image(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    content.required_text("UUID", code)?;
    content.one_of("ImageFormat", code, &IMAGE_FORMATS)?;
    let pictures = content.array("ImageInfoArray", code)?.filter(|pictures| !pictures.is_empty());
    let pictures = content.need("ImageInfoArray", code, pictures)?;
    for mut picture in content.items("ImageInfoArray", code, pictures)? {
        picture.required_text("URL", code)?;
        picture.required_whole("Width", code)?;
        picture.required_whole("Height", code)?;
        picture.one_of("Type", code, &IMAGE_TYPES)?;
        picture.whole("Size", code)?;
        picture.finish(code)?;
    }
    Ok(())
}

fn file(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    required_texts(content, code, &["Url", "UUID"])?;
    content.text("FileName", code)?;
    content.whole("FileSize", code)?;
    download_flag(content, code, "Download_Flag")
}

fn video(content: &mut Fields, code: u32) -> Result<(), Refusal> {
    required_texts(content, code, &["VideoUrl", "VideoUUID", "ThumbUrl", "ThumbUUID"])?;
    texts(content, code, &["VideoFormat", "ThumbFormat"])?;
    content.required_whole("ThumbWidth", code)?;
    content.required_whole("ThumbHeight", code)?;
    wholes(content, code, &["VideoSize", "VideoSecond", "ThumbSize"])?;
    download_flag(content, code, "VideoDownloadFlag")?;
    download_flag(content, code, "ThumbDownloadFlag")
}

// T-BODY-2
fn download_flag(content: &mut Fields, code: u32, key: &str) -> Result<(), Refusal> {
    let flag = content.one_of(key, code, &DOWNLOAD)?;
    content.need(key, code, flag).map(|_| ())
}

fn required_texts(content: &mut Fields, code: u32, keys: &[&str]) -> Result<(), Refusal> {
    keys.iter().try_for_each(|key| content.required_text(key, code).map(|_| ()))
}

fn texts(content: &mut Fields, code: u32, keys: &[&str]) -> Result<(), Refusal> {
    keys.iter().try_for_each(|key| content.text(key, code).map(|_| ()))
}

fn wholes(content: &mut Fields, code: u32, keys: &[&str]) -> Result<(), Refusal> {
    keys.iter().try_for_each(|key| content.whole(key, code).map(|_| ()))
}
