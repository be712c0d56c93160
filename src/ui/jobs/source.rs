//! The file a list comes from: which kind it is, in which encoding or on which sheet the list stands, and why it cannot be read.

use std::sync::Arc;

use js_sys::Uint8Array;
use web_sys::File;

use super::creation::Creation;
use super::files;
use crate::domain::intake::kind::{FileKind, kind_of};
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
    bytes: Vec<u8>,
    /// What it holds.
    pub(super) kind: FileKind,
}

/// Where the rows of a job that is being made come from.
#[derive(Clone, Copy)]
pub(super) struct Source {
    /// The file; none when the list is pasted.
    pub(super) file: Held<Option<Arc<Chosen>>>,
    /// The encoding in use; empty finds out.
    pub(super) encoding: Held<String>,
    /// The sheets of a workbook, and which of them the list is on.
    pub(super) sheets: Held<(Vec<String>, usize)>,
    /// Why the file cannot be read.
    pub(super) fault: Held<Option<Words>>,
    /// Whether it is being read.
    pub(super) busy: Held<bool>,
    turn: Held<u32>,
}

impl Source {
    /// No file.
    pub(super) fn new() -> Self {
        Self {
            file: Held::new(None),
            encoding: Held::new(String::new()),
            sheets: Held::new((Vec::new(), 0)),
            fault: Held::new(None),
            busy: Held::new(false),
            turn: Held::new(0),
        }
    }

    fn begin(self) -> u32 {
        self.turn.update(|turn| *turn += 1);
        self.fault.set(None);
        self.busy.set(true);
        self.turn.get_untracked()
    }

    /// Whether nothing else was chosen since.
    fn is_current(self, turn: u32) -> bool {
        self.turn.get_untracked() == turn
    }

    fn fail(self, fault: Words) {
        self.busy.set(false);
        self.fault.set(Some(fault));
    }
}

impl Creation {
    /// Takes a file that was chosen or dropped. One that cannot be read changes nothing that stands there already.
    pub(super) fn take(self, file: File) {
        let source = self.source;
        let turn = source.begin();
        if file.size() > files::MOST_BYTES {
            source.fail(words::FILE_TOO_LARGE);
            return;
        }
        browser::spawn(async move {
            let bytes = files::bytes(&file).await;
            if !source.is_current(turn) {
                return;
            }
            let Some(bytes) = bytes else {
                source.fail(words::FILE_NOT_READ);
                return;
            };
            let kind = kind_of(&bytes);
            if let Some(fault) = refusal(kind) {
                source.fail(fault);
                return;
            }
            let chosen = Arc::new(Chosen { name: file.name(), bytes, kind });
            if kind == FileKind::Workbook {
                self.read_sheet(turn, chosen, 0).await;
            } else {
                source.file.set(Some(chosen));
                self.decode("");
            }
        });
    }

    /// Takes a text in place of a file.
    pub(super) fn paste(self, text: String) {
        self.source.begin();
        self.source.busy.set(false);
        self.source.file.set(None);
        self.put(text, None);
    }

    /// Reads the file as text of this encoding; empty finds out.
    pub(super) fn decode(self, wanted: &str) {
        let source = self.source;
        let Some(file) = source.file.get_untracked() else { return };
        let (text, encoding) = files::decode(&file.bytes, wanted);
        source.busy.set(false);
        source.encoding.set(encoding.to_owned());
        self.put(text, None);
    }

    /// Reads another sheet of the workbook.
    pub(super) fn open_sheet(self, at: usize) {
        let Some(file) = self.source.file.get_untracked() else { return };
        let turn = self.source.begin();
        browser::spawn(async move { self.read_sheet(turn, file, at).await });
    }

    async fn read_sheet(self, turn: u32, file: Arc<Chosen>, at: usize) {
        let source = self.source;
        let answer = worker::ask(WORKER, &at.to_string(), Uint8Array::from(file.bytes.as_slice())).await;
        if !source.is_current(turn) {
            return;
        }
        let read = answer.map(|answer| sheet_of(answer.to_vec()));
        match read {
            Ok(Some((names, text))) => {
                source.busy.set(false);
                source.file.set(Some(file));
                source.sheets.set((names, at));
                self.put(text, Some(Delimiter::Comma));
            }
            Ok(None) => source.fail(words::WORKBOOK_BROKEN),
            Err(fault) => source.fail(match fault.split(':').next().unwrap_or_default() {
                "absent" => words::WORKBOOK_READER_ABSENT,
                "encrypted" => words::FILE_ENCRYPTED,
                _ => words::WORKBOOK_BROKEN,
            }),
        }
    }
}

/// The names of the sheets and the cells of one, as the worker tells them.
fn sheet_of(answer: Vec<u8>) -> Option<(Vec<String>, String)> {
    let mut text = String::from_utf8(answer).ok()?;
    let head = text.find('\n')?;
    let json = Json::parse(text.get(..head)?).ok()?;
    let names = json.get("sheets")?.as_list()?.iter().map(|name| name.as_text().map(str::to_owned));
    let names = names.collect::<Option<_>>()?;
    drop(text.drain(..=head));
    Some((names, text))
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
