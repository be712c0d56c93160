//! Sentences for what is wrong with an input: the limit, the count, the fix.

use super::words;

words! {
    PROTECTED = "{id} 受此处的设置保护，不能对它操作，不会发出任何内容。请去掉它；如果确实要操作，请联系部署此页面的同事。" | "{id} is protected by this place's settings: nothing may be done to it, and nothing leaves. Take it away; if it has to be, ask whoever set up this page.";
    TOO_MANY_RECEIVERS = "接收人共 {count} 个，此处的设置最多允许 {most} 个，不会发出任何内容。请减少，或联系部署此页面的同事。" | "{count} receiver{s}, and this place's settings allow {most} at most; nothing leaves. Take some away, or ask whoever set up this page.";
    REQUIRED = "请填写{label}。" | "Fill in {label}.";
    REQUIRED_CHOICE = "请选择{label}。" | "Choose {label}.";
    OVER_UTF16 = "超出 {over} 个字符：现在 {actual} 个，上限 {limit} 个（按 UTF-16 计，表情算 2 个以上）。请缩短。" | "{over} character{s} too many: {actual} now, {limit} at most (counted in UTF-16 units, an emoji is 2 or more). Shorten it.";
    OVER_UTF16_SOFT = "现在 {actual} 个字符，上限 {limit} 个（按 UTF-16 计）。{meaning}" | "{actual} character{s}, the limit is {limit} (UTF-16 units). {meaning}";
    OVER_ITEMS = "多了 {over} 个：现在 {actual} 个，一次最多 {limit} 个。请减少后再提交；不会自动截断。" | "{over} too many: {actual} now, {limit} at most in one request. Remove some; nothing is cut silently.";
    OVER_ITEMS_SOFT = "现在 {actual} 个，超过 {limit} 个。{meaning}" | "{actual} entries, more than {limit}. {meaning}";
    OVER_BYTES = "超出 {over} 字节：现在 {actual} 字节，上限 {limit} 字节（汉字 3 字节）。请缩短。" | "{over} byte{s} too many: {actual} now, {limit} at most (a Chinese character is 3). Shorten it.";
    OVER_BYTES_SOFT = "现在 {actual} 字节，上限 {limit} 字节。{meaning}" | "{actual} byte{s}, the limit is {limit}. {meaning}";
    NOT_AN_INTEGER = "{label}只能是数字，例如 158844553334358019。请去掉其他字符。" | "{label} must be digits only, for example 158844553334358019. Remove everything else.";
    SCIENTIFIC = "这是科学计数法，末尾的数字已经丢失。请在表格里把该列设为“文本”，再复制完整的 ID。" | "This is scientific notation: its last digits are lost. Format the column as text in the spreadsheet and copy the whole id again.";
    NOT_A_NUMBER = "{label}应为数字，例如 116.397。" | "{label} must be a number, for example 116.397.";
    OUT_OF_RANGE = "{label}应在 {min} 到 {max} 之间。" | "{label} must be between {min} and {max}.";
    NOT_A_CHOICE = "{label}只能是其中之一：{allowed}。" | "{label} must be one of {allowed}.";
    NOT_A_FLAG = "{label}只能是 true (是) 或 false (否)，留空则按厂商默认。" | "{label} must be true (yes) or false (no); leave it empty for the vendor's default.";
    NOT_JSON = "不是有效的 JSON：第 {line} 行第 {column} 个字符附近有误。请检查引号、逗号和括号。" | "Not valid JSON: look near line {line}, column {column}. Check quotes, commas and brackets.";
    NOT_JSON_WIDE = "不是有效的 JSON（第 {line} 行第 {column} 个字符附近）：里面有中文引号、逗号或冒号，请换成英文半角的。" | "Not valid JSON (near line {line}, column {column}): it contains Chinese quotation marks, commas or colons; replace them with ASCII ones.";
    NOT_AN_OBJECT = "{label}应为 JSON 对象，即以花括号开头和结尾。" | "{label} must be a JSON object: it starts and ends with curly brackets.";
    NOT_A_LIST = "{label}应为 JSON 数组，每一项都是对象，例如 [{sample}]。" | "{label} must be a JSON list of objects, for example [{sample}].";
    ROWS_AND_RAW = "{label}既逐项填写了，又填了原始 JSON：请只留一种，清空另一种。" | "{label} is filled in row by row and as raw JSON: keep one of them and clear the other.";
    DOES_NOT_APPLY = "{label}在这里不起作用：{when}时才会发送。请清空它，或更改前面的选项。" | "{label} has no effect here: it is sent only when {when}. Clear it, or change that option.";
    WHEN_IS = "{label}为“{choices}”" | "{label} is “{choices}”";
    WHEN_IS_NOT = "{label}不是“{choices}”" | "{label} is not “{choices}”";
    WHEN_EMPTY = "{label}为空" | "{label} is empty";
    WHEN_FILLED = "已填写{label}" | "{label} is filled in";
    AND = "且" | " and ";
    OR = "、" | " or ";
    OR_LIST = "、" | ", ";
    NOT_AN_ADDRESS = "{label}应以 https:// 开头，例如 https://im.corp.example。" | "{label} must start with https://, for example https://im.corp.example.";
    FORBIDDEN_CHARACTER = "{label}里不能有“{found}”，它会改变请求的含义。请去掉。" | "{label} must not contain “{found}”: it would change the meaning of the request. Remove it.";
    UNUSUAL_CHARACTERS = "{label}里有“{found}”，不在厂商说明的字符之内。请核对；若是旧帐号可以继续。" | "{label} contains “{found}”, which the vendor does not document. Check it; an old account may still have it.";
    SPACE = "空格" | "space";
    UNUSUAL_CHARACTERS_STOP = "{label}里有“{found}”，不是有效字符。请核对。" | "{label} contains “{found}”, which is not allowed. Check it.";
    UNUSUAL_LENGTH = "{label}有 {actual} 个字符，厂商说明最多 {longest} 个。请核对。" | "{label} has {actual} character{s}; the vendor documents {longest} at most. Check it.";
    READ_AS = "将按“{text}”发送。" | "It will be sent as “{text}”.";
    DUPLICATES = "已合并 {count} 个重复项，每个只发送一次。" | "{count} duplicate{s} merged; each is sent once.";
    UNKNOWN_FIELD = "没有名为“{name}”的字段。" | "There is no field named “{name}”.";
    PATH_DOTS = "“.”和“..”不能作为地址的一部分，请核对 ID。" | "“.” and “..” cannot be part of the address; check the id.";
    ON = "是" | "yes";
    OFF = "否" | "no";
    PROXY_UNKNOWN_PLACEHOLDER = "代理模板里有不认识的占位符“{found}”。可用：{allowed}。" | "The proxy template has an unknown placeholder “{found}”. Known: {allowed}.";
    PROXY_NOT_ADDRESS = "代理地址应以 https:// 或 / 开头，或是相对路径，例如 https://proxy.corp.example/{allowed}。" | "The proxy must start with https:// or /, or be a relative path, for example https://proxy.corp.example/{allowed}.";
    PROXY_PUBLIC = "{host} 是公共代理，会看到您的全部密钥和消息。请使用自己部署的代理。" | "{host} is a public proxy: it would see every key and message. Use a proxy of your own.";
    PROXY_PLAIN = "页面是 https，代理却是 http，浏览器会拦截。请把代理改为 https。" | "The page is https but the proxy is http: browsers block that. Give the proxy https.";
}
