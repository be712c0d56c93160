//! The file a list comes from: which kind it is, in which encoding or on which sheet the list stands, and why it cannot be read.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::creation::Creation;
use super::files;
use super::slices::breathe;
use crate::domain::intake::Origin;
use crate::domain::intake::encoding::{ENCODINGS, Lines, by_beginning};
use crate::domain::intake::kind::{FileKind, LOOKED_AT, is_blank_sheet, is_told_by_end, kind_of};
use crate::domain::intake::separated::Delimiter;
use crate::domain::json::Json;
use crate::ui::browser;
use crate::ui::held::Held;
use crate::ui::worker;
use crate::words::{Words, jobs as words};

/// The worker that reads spreadsheets: a folder of `page/`.
const WORKER: &str = "sheet";

/// A file that was chosen.
pub(super) struct Chosen {
    /// What it is called.
    pub(super) name: String,
    /// What it holds.
    pub(super) kind: FileKind,
}

/// Why a file cannot be read, with the rows that show it.
#[derive(Clone, Copy)]
pub(super) struct Fault {
    /// What is wrong.
    pub(super) says: Words,
    /// The rows, if any.
    pub(super) rows: (u32, u32),
    /// Whether the file can be read once a person says its encoding.
    pub(super) untold: bool,
}

/// Where the rows of a job that is being made come from.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// The file itself, which stays the browser's: only what is read of it is here.
    own: StoredValue<Option<File>, LocalStorage>,
    /// The file; none when the list is pasted.
    pub(super) file: Held<Option<Arc<Chosen>>>,
    /// The encoding in use; empty finds out.
    pub(super) encoding: Held<String>,
    /// The sheets of a workbook, and which of them the list is on.
    pub(super) sheets: Held<(Vec<String>, usize)>,
    /// Why a file cannot be read.
    pub(super) fault: Held<Option<Fault>>,
    /// What that file is called; the one in use may be another.
    pub(super) refused: Held<String>,
    /// A file whose encoding could not be found out, for a person to say it.
    untold: StoredValue<Option<File>, LocalStorage>,
    /// Whether some of it could not be read in the encoding in use.
    unfit: Held<bool>,
    /// Whether it is being read.
    pub(super) busy: Held<bool>,
    turn: Held<u32>,
}

impl Source {
    /// No file.
    pub(super) fn new() -> Self {
        Self {
            own: StoredValue::new_local(None),
            file: Held::new(None),
            encoding: Held::new(String::new()),
            sheets: Held::new((Vec::new(), 0)),
            fault: Held::new(None),
            refused: Held::new(String::new()),
            untold: StoredValue::new_local(None),
            unfit: Held::new(false),
            busy: Held::new(false),
            turn: Held::new(0),
        }
    }

    /// What is known of the text besides what it says.
    pub(super) fn origin(self) -> Origin {
        let is = |file: &Arc<Chosen>| file.kind == FileKind::Workbook;
        let workbook = self.file.with_untracked(|file| file.as_ref().is_some_and(is));
        Origin { workbook, unfit: self.unfit.get_untracked() }
    }

    fn refuse(self, file: &File, fault: Fault) {
        self.refused.set(file.name());
        self.fault.set(Some(fault));
    }

    fn begin(self) -> u32 {
        self.turn.update(|turn| *turn += 1);
        self.fault.set(None);
        self.untold.set_value(None);
        self.busy.set(true);
        self.turn.get_untracked()
    }
}

/// What was read of a file.
struct Read {
    kind: FileKind,
    text: String,
    /// The encoding; empty for a workbook.
    encoding: &'static str,
    /// Whether some of it could not be read in that encoding.
    unfit: bool,
    /// The sheets of a workbook, and which it is.
    sheets: (Vec<String>, usize),
}

/// What is wrong with a file.
fn wrong(says: Words) -> Fault {
    Fault { says, rows: (0, 0), untold: false }
}

impl Creation {
    /// Takes a file that was chosen. One that cannot be read changes nothing that stands there already.
    pub(super) fn take(self, file: File) {
        let source = self.source;
        let turn = source.begin();
        if file.size() > files::MOST_BYTES {
            source.busy.set(false);
            source.refuse(&file, wrong(words::FILE_TOO_LARGE));
            return;
        }
        self.open(turn, file, String::new());
    }

    /// Reads a file, in the encoding or from the sheet that is wanted, and takes what comes of it.
    fn open(self, turn: u32, file: File, wanted: String) {
        browser::spawn(async move {
            // What is drawn now has a turn of its own, as what comes below.
            breathe().await;
            let read = read(&file, &wanted).await;
            breathe().await;
            self.settle(turn, &file, read);
        });
    }

    /// Takes what was read of a file, unless something else was chosen since.
    fn settle(self, turn: u32, file: &File, read: Result<Read, Fault>) {
        let source = self.source;
        if source.turn.get_untracked() != turn {
            return;
        }
        match read {
            Err(fault) => {
                source.untold.set_value(fault.untold.then(|| file.clone()));
                source.refuse(file, fault);
            }
            Ok(Read { kind, text, encoding, unfit, sheets }) => {
                if kind == FileKind::Workbook && is_blank_sheet(&text) {
                    source.refuse(file, wrong(words::SHEET_EMPTY));
                }
                source.unfit.set(unfit);
                source.own.set_value(Some(file.clone()));
                source.encoding.set(encoding.to_owned());
                source.sheets.set(sheets);
                // First the file: a long text in the box for pasting would stop the page for a while.
                source.file.set(Some(Arc::new(Chosen { name: file.name(), kind })));
                self.put(text, (kind == FileKind::Workbook).then_some(Delimiter::Comma));
            }
        }
        source.busy.set(false);
    }

    /// Takes a text in place of a file; its cells may be known to be parted by this.
    pub(super) fn paste(self, text: String, delimiter: Option<Delimiter>) {
        self.source.begin();
        self.source.busy.set(false);
        self.source.own.set_value(None);
        self.source.unfit.set(false);
        self.source.file.set(None);
        self.put(text, delimiter);
    }

    /// Reads the file in another encoding, or another of its sheets by its number.
    pub(super) fn read_otherwise(self, wanted: String) {
        let source = self.source;
        let Some(file) = source.own.get_value() else { return };
        let turn = source.begin();
        self.open(turn, file, wanted);
    }

    /// Reads the file whose encoding could not be found out in this one.
    pub(super) fn read_untold(self, encoding: String) {
        let Some(file) = self.source.untold.get_value().filter(|_| !encoding.is_empty()) else { return };
        let turn = self.source.begin();
        self.open(turn, file, encoding);
    }
}

/// Reads a file, in the encoding or from the sheet that is wanted.
async fn read(file: &File, wanted: &str) -> Result<Read, Fault> {
    let unread = || wrong(words::FILE_NOT_READ);
    let looked_at = f64::from(LOOKED_AT);
    // On its way while the beginning is looked at: most files are texts.
    let pieces = files::Pieces::of(file);
    let head = files::bytes(file, 0.0, looked_at).await.ok_or_else(unread)?.to_vec();
    let end = match is_told_by_end(&head) {
        true => files::bytes(file, file.size() - looked_at, file.size()).await.ok_or_else(unread)?.to_vec(),
        false => Vec::new(),
    };
    let mut kind = kind_of(&head, &end);
    let mut encoding = ENCODINGS.into_iter().find(|known| *known == wanted);
    if kind == FileKind::Text && encoding.is_none() {
        match by_beginning(&head) {
            Ok(found) => encoding = found,
            Err(other) => kind = other,
        }
    }
    if let Some(says) = refusal(kind) {
        return Err(wrong(says));
    }
    if kind == FileKind::Workbook {
        let (text, sheets) = sheet_of(file, wanted).await.map_err(wrong)?;
        if sheets.0.len() < 2 && is_blank_sheet(&text) {
            return Err(wrong(words::FILE_EMPTY));
        }
        return Ok(Read { kind, text, encoding: "", unfit: false, sheets });
    }
    let of = |encoding, text, unfit| Read { kind, text, encoding, unfit, sheets: (Vec::new(), 0) };
    if matches!(encoding, None | Some("utf-8"))
        && let Ok(text) = files::utf8(file, pieces).await.ok_or_else(unread)?
    {
        return Ok(of("utf-8", text, false));
    }
    let Some(encoding) = encoding else {
        let (encoding, text) = other_encoding(file).await?;
        return Ok(of(encoding, text, false));
    };
    let text = files::decode(file, encoding).await.ok_or_else(unread)?;
    let unfit = text.contains(char::REPLACEMENT_CHARACTER);
    Ok(of(encoding, text, unfit))
}

/// The text of a file that is not UTF-8 throughout.
async fn other_encoding(file: &File) -> Result<(&'static str, String), Fault> {
    let unread = || wrong(words::FILE_NOT_READ);
    let mut lines = Lines::default();
    let mut pieces = files::Pieces::of(file);
    while let Some(piece) = pieces.next().await.ok_or_else(unread)? {
        lines.feed(&piece.to_vec());
    }
    let encoding = lines.finish().map_err(|rows| Fault { rows, ..wrong(words::FILE_MIXED) })?;
    match files::decode_strictly(file, encoding).await.ok_or_else(unread)? {
        Ok(text) => Ok((encoding, text)),
        Err(()) => Err(Fault { untold: true, ..wrong(words::ENCODING_UNTOLD) }),
    }
}

/// The cells of a sheet by its number, and the names of all sheets with that number, as the worker tells them.
async fn sheet_of(file: &File, wanted: &str) -> Result<(String, (Vec<String>, usize)), Words> {
    let bytes = files::bytes(file, 0.0, file.size()).await.ok_or(words::FILE_NOT_READ)?;
    let answer = worker::ask(WORKER, wanted, bytes).await;
    let answer = answer.map_err(|fault| match fault.split(':').next().unwrap_or_default() {
        "absent" => words::WORKBOOK_READER_ABSENT,
        "encrypted" => words::FILE_ENCRYPTED,
        _ => words::WORKBOOK_BROKEN,
    })?;
    let read = || {
        let mut text = String::from_utf8(answer.to_vec()).ok()?;
        let head = text.find('\n')?;
        let json = Json::parse(text.get(..head)?).ok()?;
        let names = json.get("sheets")?.as_list()?.iter().map(|name| name.as_text().map(str::to_owned));
        let names = names.collect::<Option<_>>()?;
        drop(text.drain(..=head));
        Some((text, (names, wanted.parse().unwrap_or_default())))
    };
    read().ok_or(words::WORKBOOK_BROKEN)
}

/// Why a file of this kind is no list.
fn refusal(kind: FileKind) -> Option<Words> {
    match kind {
        FileKind::Text | FileKind::Workbook => None,
        FileKind::Nothing => Some(words::FILE_EMPTY),
        FileKind::OldWorkbook => Some(words::FILE_OLD_WORKBOOK),
        FileKind::Encrypted => Some(words::FILE_ENCRYPTED),
        FileKind::OtherWorkbook => Some(words::FILE_OTHER_WORKBOOK),
        FileKind::Document => Some(words::FILE_DOCUMENT),
        FileKind::WebPage => Some(words::FILE_WEB_PAGE),
        FileKind::Picture => Some(words::FILE_PICTURE),
        FileKind::Packed => Some(words::FILE_PACKED),
        FileKind::Binary => Some(words::FILE_BINARY),
    }
}
