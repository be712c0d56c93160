//! The words of the vault: secrets that are kept under a passphrase.

use super::words;

words! {
    TITLE = "保险库" | "Vault";
    LEAD = "平时密钥只在内存中。需要时，可以把连接和密钥用口令加密，存在这个浏览器里，只在本站能用。忘了口令，谁也找不回来。" | "Keys are normally in memory only. If you need it, connections can be kept with their keys in this browser, for this site only, encrypted under a passphrase. Nobody can recover a forgotten one.";
    STORED = "这个浏览器里有一个保险库，已加密。" | "This browser holds a vault. It is encrypted.";
    BLOCKED = "这个浏览器不让本页保存任何东西（隐私模式，或被门户限制），所以这里不能有保险库；密钥只在内存中。" | "This browser lets the page store nothing (a private window, or a restriction of the portal), so there can be no vault here; keys are in memory only.";
    NONE = "这个浏览器里还没有保险库。" | "This browser holds no vault yet.";
    PASSPHRASE = "口令" | "Passphrase";
    AGAIN = "再输一次口令" | "The passphrase once more";
    NEXT = "新口令" | "New passphrase";
    NEXT_AGAIN = "再输一次新口令" | "The new passphrase once more";
    HINT = "至少 12 个字符，越长越好；不要用在别处用过的。" | "At least 12 characters, the longer the better; none that you use elsewhere.";
    SAVE = "把表单里的连接存进保险库" | "Keep the connection of the form in the vault";
    OPEN = "打开保险库" | "Open the vault";
    USE = "使用 {account}" | "Use {account}";
    CHANGE = "更改口令" | "Change the passphrase";
    EXPORT = "导出为文件（仍然加密）" | "Save it as a file (still encrypted)";
    IMPORT = "导入保险库文件" | "Take a vault from a file";
    FORGET = "忘掉保险库" | "Forget the vault";
    FORGET_SURE = "确定忘掉：里面的密钥不能找回" | "Really forget it: the keys in it are gone for good";
    WORKING = "正在计算，约一秒……" | "Computing, about a second…";
    SAVED = "已存入保险库。" | "Kept in the vault.";
    OPENED = "已打开，请选用一个连接。密钥现在在内存中。" | "Opened: choose a connection. The keys are in memory now.";
    CHANGED = "口令已更改。旧的口令和旧的导出文件仍然配对：不要的文件请删掉。" | "The passphrase is changed. Files saved before still open with the old one: delete those you do not need.";
    TAKEN = "已导入，用它自己的口令打开。" | "Taken in; open it with its own passphrase.";
    FORGOTTEN = "已忘掉。导出过的文件还在原处。" | "Forgotten. Files saved before are where they were.";
    SHORT = "口令太短：至少要 12 个字符。没有存入。" | "The passphrase is too short: at least 12 characters. Nothing was kept.";
    COMMON = "这个口令太常见，一猜就中。换一个别人想不到的。没有存入。" | "This passphrase is too common and quickly guessed. Choose one nobody would think of. Nothing was kept.";
    DIFFERENT = "两次输入的口令不一样。没有存入。" | "The two passphrases differ. Nothing was kept.";
    EMPTY = "请先在最上面的“口令”里输入现在的口令。" | "Enter the present passphrase first, in the field at the top.";
    FORM_FIRST = "连接还没有填好，没有存入；表单里写明了缺什么。" | "The connection is not filled in, so nothing was kept; the form says what is missing.";
    DOES_NOT_OPEN = "打不开：口令不对，或者文件损坏，二者无法区分。请再试一次口令。" | "It does not open: the passphrase is wrong or the file is damaged, which cannot be told apart. Try the passphrase again.";
    NOT_A_VAULT = "这不是保险库文件，或者已经损坏。没有改动。" | "This is no vault file, or it is damaged. Nothing was changed.";
    OTHER_VERSION = "这个保险库是别的版本的消息台存的，这里打不开。没有改动。" | "This vault was made by another version of the desk and cannot be opened here. Nothing was changed.";
    NO_MEMORY = "浏览器内存不够（需要 64 MB），请关掉一些标签页再试。" | "The browser has too little memory for this (64 MB are needed): close some tabs and try again.";
    ABSENT = "加密的部分没有取到：请检查网络后重试。没有改动。" | "The part that encrypts did not arrive: check the network and try again. Nothing was changed.";
    NOT_STORED = "这个浏览器不让本页保存任何东西（隐私模式，或被门户限制）。没有存入。" | "This browser lets the page store nothing (a private window, or a restriction of the portal). Nothing was kept.";
    THERE_ALREADY = "这里已经有一个保险库。要换成文件里的，请先导出它，再忘掉它。没有改动。" | "There is a vault already. To take the file's in its place, save this one as a file and forget it first. Nothing was changed.";
}
