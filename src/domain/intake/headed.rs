//! Whether the first row names columns. A guess may cost nobody their message: what could be an id is one. Pure.

use super::columns::Known;
use super::separated::Delimiter;
use super::sloppy::is_id;
use super::table::Table;
use crate::domain::job::results;
use crate::domain::tidy::tidy;

/// What people write above a list of receivers, as [`bare`] leaves it.
const RECEIVERS: &[&str] = &[
    "receiver",
    "receivers",
    "receiverid",
    "receiverids",
    "recipient",
    "recipients",
    "recipientid",
    "recipientids",
    "accid",
    "accids",
    "account",
    "accounts",
    "accountid",
    "accountids",
    "uid",
    "uids",
    "user",
    "users",
    "userid",
    "userids",
    "接收人",
    "接收者",
    "用户",
    "用户id",
    "用户账号",
    "账号",
    "帐号",
];

/// What people write above other columns.
const OTHERS: &[&str] = &[
    "id",
    "ids",
    "member",
    "members",
    "memberid",
    "membername",
    "name",
    "username",
    "accountname",
    "nickname",
    "phone",
    "phonenumber",
    "mobile",
    "email",
    "成员",
    "成员id",
    "会员",
    "会员id",
    "用户名",
    "手机",
    "手机号",
    "手机号码",
    "电话",
    "邮箱",
    "昵称",
    "姓名",
    "名字",
    "备注",
    "编号",
    "序号",
    "工号",
];

/// Nothing longer is a name, and a list may be one line.
const LONGEST: usize = 200;

/// A name without what people write it with or without: case, spaces, `_`, `-`, a colon.
fn bare(name: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-' | '*' | ':');
    tidy(name).to_lowercase().chars().filter(kept).collect()
}

/// Whether a column of this name holds receivers, by what people call them.
pub fn says_receivers(name: &str) -> bool {
    RECEIVERS.contains(&&*bare(name))
}

/// Whether people call a column so.
fn is_common(name: &str) -> bool {
    let bare = bare(name);
    RECEIVERS.contains(&&*bare) || OTHERS.contains(&&*bare)
}

/// Whether a text is the name of a column and nothing else.
pub(super) fn names_column(text: &str, known: &Known) -> bool {
    text.len() <= LONGEST && (known.find(text).is_some() || is_common(text))
}

/// Whether the first line is the name of a column, with something below it.
pub(super) fn is_titled(text: &str, known: &Known) -> bool {
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    lines.next().is_some_and(|line| names_column(line.trim(), known)) && lines.next().is_some()
}

/// Whether the first row names columns: it says something that is known, or nothing in it could be an id above a column full of digits.
pub(super) fn is_headed(table: &Table, delimiter: Delimiter, known: &Known) -> bool {
    // As many cells as it has itself: a row below may have one too many.
    let first: Vec<&str> = table.cells(0).map(str::trim).collect();
    if table.is_empty() {
        return false;
    }
    if first.iter().any(|name| known.find(name).is_some() || results::COLUMNS.contains(name)) {
        return true;
    }
    if delimiter == Delimiter::Entries {
        // The first of many entries on a line is one of them.
        return false;
    }
    let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let rows = 1..table.len().min(20);
    // A word that comes again below, or stands beside something with digits, is what a row says.
    let names = |column: usize, name: &str| {
        let again = |row: usize| table.cell(row, column).trim() == name;
        let own = |cell: &&str| *cell != name && digit(cell) && !is_common(cell);
        is_common(name) && !rows.clone().any(again) && !first.iter().any(own)
    };
    if first.iter().enumerate().any(|(column, name)| names(column, name)) {
        return true;
    }
    let named = first.iter().all(|name| !name.is_empty() && !digit(name) && !is_id(&tidy(name)));
    let full = |column: usize| rows.clone().all(|row| digit(table.cell(row, column)));
    named && !rows.is_empty() && (0..table.width()).any(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_spaces_and_strokes() {
        for name in
            ["User ID", "user_id", "USER-ID:", " userid ", "\u{feff}用户 ID：", "接收者", "ａｃｃｉｄ"]
        {
            assert!(says_receivers(name), "{name:?}");
        }
        for name in ["user0001", "zhangsan", "", "昵称", "use"] {
            assert!(!says_receivers(name), "{name:?}");
        }
        assert!(is_common("昵称") && is_common("Phone number") && !is_common("note"));
    }
}
