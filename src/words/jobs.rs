//! The words of jobs: lists, the dry run, progress, what is unknown.

use super::words;

words! {
    STRANGE_NAME = "{label}里的 {name} 不是表格的列名" | "{label}: {name} is no column of the table";
    NO_COLUMN = "请指出哪一列是{label}" | "Say which column holds {label}";
    SEVERAL_IN_A_CELL = "{label}：一行只能有一个" | "{label}: one per row";
}
