//! The eight elements a message is made of, as fields of one row. The case of the names differs by type and is kept (T-BODY-1).

use crate::domain::field::Condition::Is;
use crate::domain::field::{Choice, Field, Items, Kind, Lines, Role};
use crate::domain::form::Form;
use crate::domain::operation::Group;
use crate::domain::rows::Rows;
use crate::words::tencent as words;

/// A text.
pub const TEXT: &str = "TIMTextElem";
/// A place.
pub const LOCATION: &str = "TIMLocationElem";
/// A sticker.
pub const FACE: &str = "TIMFaceElem";
/// The app's own.
pub const CUSTOM: &str = "TIMCustomElem";
/// A voice message.
pub const SOUND: &str = "TIMSoundElem";
/// An image.
pub const IMAGE: &str = "TIMImageElem";
/// A file.
pub const FILE: &str = "TIMFileElem";
/// A video.
pub const VIDEO: &str = "TIMVideoFileElem";
/// Forwarded messages.
pub const RELAY: &str = "TIMRelayElem";

/// A whole number from 0.
const COUNT: Kind = Kind::Integer { min: 0, max: i64::MAX };
/// The only way of downloading the vendor knows (T-BODY-2).
const FLAG: Kind = Kind::Choice(&[Choice::new("2", words::DOWNLOAD)]);

/// A cell of `MsgContent` that applies to these types.
macro_rules! cell {
    ($name:literal, $label:ident, $kind:expr, $types:expr) => {
        Field::body(concat!("MsgContent.", $name), words::$label, $kind, "T-MOD-6")
            .when(&[(Is(&MSG_TYPE, $types), "T-BODY-1")])
    };
}

/// What the element is.
pub static MSG_TYPE: Field = Field::body(
    "MsgType",
    words::MSG_TYPE,
    Kind::Word(&[
        Choice::new(TEXT, words::TYPE_TEXT),
        Choice::new(CUSTOM, words::TYPE_CUSTOM),
        Choice::new(IMAGE, words::TYPE_IMAGE),
        Choice::new(FACE, words::TYPE_FACE),
        Choice::new(LOCATION, words::TYPE_LOCATION),
        Choice::new(SOUND, words::TYPE_SOUND),
        Choice::new(VIDEO, words::TYPE_VIDEO),
        Choice::new(FILE, words::TYPE_FILE),
        Choice::new(RELAY, words::TYPE_RELAY),
    ]),
    "T-MOD-6",
)
.initial(TEXT)
.required("T-MOD-6");
/// The words of a text.
pub static WORDS: Field =
    cell!("Text", TEXT, Kind::Text(Lines::Many), &[TEXT]).required("T-MOD-6").role(Role::Text);
static TITLE: Field = cell!("Title", RELAY_TITLE, Kind::Text(Lines::One), &[RELAY]);
static INDEX: Field =
    cell!("Index", FACE_INDEX, Kind::Integer { min: 0, max: i64::MAX }, &[FACE]).required("T-MOD-6");
static DATA: Field = cell!("Data", DATA, Kind::Text(Lines::Many), &[FACE, CUSTOM]);
static DESC: Field = cell!("Desc", DESC, Kind::Text(Lines::One), &[LOCATION, CUSTOM])
    .required_when(Is(&MSG_TYPE, &[LOCATION]), "T-MOD-6")
    .label_when(Is(&MSG_TYPE, &[LOCATION]), words::PLACE);
static EXT: Field = cell!("Ext", EXT, Kind::Text(Lines::One), &[CUSTOM]);
static RING: Field = cell!("Sound", RING, Kind::Text(Lines::One), &[CUSTOM]);
static LATITUDE: Field =
    Field::body("MsgContent.Latitude", words::LATITUDE, Kind::Decimal { min: -90, max: 90 }, "T-BODY-6")
        .when(&[(Is(&MSG_TYPE, &[LOCATION]), "T-BODY-1")])
        .required("T-MOD-6");
static LONGITUDE: Field =
    Field::body("MsgContent.Longitude", words::LONGITUDE, Kind::Decimal { min: -180, max: 180 }, "T-BODY-6")
        .when(&[(Is(&MSG_TYPE, &[LOCATION]), "T-BODY-1")])
        .required("T-MOD-6");
static URL: Field = cell!("Url", URL, Kind::Text(Lines::One), &[SOUND, FILE]).required("T-MOD-6");
static UUID: Field = cell!("UUID", UUID, Kind::Text(Lines::One), &[IMAGE, SOUND, FILE])
    .required("T-MOD-6")
    .hint(words::UUID_HINT);
static SIZE: Field = cell!("Size", SIZE, COUNT, &[SOUND]);
static SECOND: Field = cell!("Second", SECOND, COUNT, &[SOUND]);
static FILE_NAME: Field = cell!("FileName", FILE_NAME, Kind::Text(Lines::One), &[FILE]);
static FILE_SIZE: Field = cell!("FileSize", SIZE, COUNT, &[FILE]);
static DOWNLOAD: Field = Field::body("MsgContent.Download_Flag", words::DOWNLOAD_FLAG, FLAG, "T-BODY-2")
    .when(&[(Is(&MSG_TYPE, &[SOUND, FILE]), "T-BODY-1")])
    .always("2");
static IMAGE_FORMAT: Field = Field::body(
    "MsgContent.ImageFormat",
    words::IMAGE_FORMAT,
    Kind::Choice(&[
        Choice::new("1", words::JPG),
        Choice::new("2", words::GIF),
        Choice::new("3", words::PNG),
        Choice::new("4", words::BMP),
        Choice::new("255", words::OTHER_FORMAT),
    ]),
    "T-BODY-3",
)
.when(&[(Is(&MSG_TYPE, &[IMAGE]), "T-BODY-1")]);
static IMAGE_LIST: Field =
    cell!("ImageInfoArray", IMAGES, Kind::Rows(&IMAGE_ROWS), &[IMAGE]).required("T-MOD-6");
static IMAGE_ROWS: Rows = Rows { form: &IMAGES, title: words::IMAGE_ROW, add: words::IMAGE_ADD };
static VIDEO_URL: Field = cell!("VideoUrl", VIDEO_URL, Kind::Text(Lines::One), &[VIDEO]).required("T-MOD-6");
static VIDEO_UUID: Field = cell!("VideoUUID", VIDEO_UUID, Kind::Text(Lines::One), &[VIDEO])
    .required("T-MOD-6")
    .hint(words::UUID_HINT);
static VIDEO_SIZE: Field = cell!("VideoSize", VIDEO_SIZE, COUNT, &[VIDEO]);
static VIDEO_SECOND: Field = cell!("VideoSecond", SECOND, COUNT, &[VIDEO]);
static VIDEO_FORMAT: Field = cell!("VideoFormat", VIDEO_FORMAT, Kind::Text(Lines::One), &[VIDEO]);
static VIDEO_DOWNLOAD: Field =
    Field::body("MsgContent.VideoDownloadFlag", words::VIDEO_DOWNLOAD, FLAG, "T-BODY-2")
        .when(&[(Is(&MSG_TYPE, &[VIDEO]), "T-BODY-1")])
        .always("2");
static THUMB_URL: Field = cell!("ThumbUrl", THUMB_URL, Kind::Text(Lines::One), &[VIDEO]).required("T-MOD-6");
static THUMB_UUID: Field = cell!("ThumbUUID", THUMB_UUID, Kind::Text(Lines::One), &[VIDEO])
    .required("T-MOD-6")
    .hint(words::UUID_HINT);
static THUMB_SIZE: Field = cell!("ThumbSize", THUMB_SIZE, COUNT, &[VIDEO]);
static THUMB_WIDTH: Field = cell!("ThumbWidth", THUMB_WIDTH, COUNT, &[VIDEO]).required("T-MOD-6");
static THUMB_HEIGHT: Field = cell!("ThumbHeight", THUMB_HEIGHT, COUNT, &[VIDEO]).required("T-MOD-6");
static THUMB_FORMAT: Field = cell!("ThumbFormat", THUMB_FORMAT, Kind::Text(Lines::One), &[VIDEO]);
static THUMB_DOWNLOAD: Field =
    Field::body("MsgContent.ThumbDownloadFlag", words::THUMB_DOWNLOAD, FLAG, "T-BODY-2")
        .when(&[(Is(&MSG_TYPE, &[VIDEO]), "T-BODY-1")])
        .always("2");
static MSG_NUM: Field = cell!("MsgNum", RELAY_COUNT, COUNT, &[RELAY]);
static ABSTRACT: Field =
    cell!("AbstractList", RELAY_ABSTRACT, Kind::Ids(&super::ids::ACCOUNT, Items::Lines), &[RELAY]);
static COMPATIBLE: Field = cell!("CompatibleText", RELAY_COMPATIBLE, Kind::Text(Lines::One), &[RELAY]);
static RELAY_KEY: Field =
    Field::body("MsgContent.JsonMsgKey", words::RELAY_KEY, Kind::Text(Lines::One), "T-BODY-10")
        .when(&[(Is(&MSG_TYPE, &[RELAY]), "T-BODY-1")])
        .hint(words::RELAY_KEY_HINT);

static IMAGE_TYPE: Field = Field::body(
    "Type",
    words::IMAGE_TYPE,
    Kind::Choice(&[
        Choice::new("1", words::IMAGE_ORIGINAL),
        Choice::new("2", words::IMAGE_LARGE),
        Choice::new("3", words::IMAGE_THUMB),
    ]),
    "T-BODY-3",
)
.initial("1");
static IMAGE_URL: Field =
    Field::body("URL", words::URL, Kind::Text(Lines::One), "T-MOD-6").required("T-MOD-6");
static IMAGE_SIZE: Field = Field::body("Size", words::SIZE, COUNT, "T-MOD-6");
static IMAGE_WIDTH: Field = Field::body("Width", words::WIDTH, COUNT, "T-MOD-6").required("T-MOD-6");
static IMAGE_HEIGHT: Field = Field::body("Height", words::HEIGHT, COUNT, "T-MOD-6").required("T-MOD-6");

/// One size of an image.
pub static IMAGES: Form = Form {
    groups: &[Group::open(
        words::IMAGES,
        &[&IMAGE_TYPE, &IMAGE_SIZE, &IMAGE_WIDTH, &IMAGE_HEIGHT, &IMAGE_URL],
    )],
    rules: &[],
};

/// One element.
pub static ELEMENT: Form = Form {
    groups: &[Group::open(
        words::MSG_BODY,
        &[
            &MSG_TYPE,
            &WORDS,
            &TITLE,
            &INDEX,
            &DATA,
            &DESC,
            &EXT,
            &RING,
            &LATITUDE,
            &LONGITUDE,
            &URL,
            &UUID,
            &SIZE,
            &SECOND,
            &FILE_SIZE,
            &FILE_NAME,
            &DOWNLOAD,
            &IMAGE_FORMAT,
            &IMAGE_LIST,
            &VIDEO_URL,
            &VIDEO_UUID,
            &VIDEO_SIZE,
            &VIDEO_SECOND,
            &VIDEO_FORMAT,
            &VIDEO_DOWNLOAD,
            &THUMB_URL,
            &THUMB_UUID,
            &THUMB_SIZE,
            &THUMB_WIDTH,
            &THUMB_HEIGHT,
            &THUMB_FORMAT,
            &THUMB_DOWNLOAD,
            &MSG_NUM,
            &ABSTRACT,
            &COMPATIBLE,
            &RELAY_KEY,
        ],
    )],
    rules: &[],
};
