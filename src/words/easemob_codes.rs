//! What Easemob's errors mean, why they come, and what to do next. What other clouds say too is in [`super::codes`].

use super::words;

words! {
    TYPE_MEANS = "这类消息不能这样修改" | "Messages of this kind cannot be edited like this";
    TYPE_CAUSE = "消息类型选错，或这类消息只能改扩展信息；透传消息完全不能改。" | "The message type is wrong, or only the extension of such messages can change; command messages cannot change at all.";
    TYPE_NEXT = "把消息类型选成与原消息相同，只改允许改的部分，再做一次。" | "Choose the type the message has, change only what may change, then do it again.";
    ID_MEANS = "消息 ID 不是数字" | "The message id is no number";
    ID_CAUSE = "消息 ID 没有复制完整，或带了别的字符。" | "The message id was not copied whole, or has other characters in it.";
    ID_NEXT = "重新复制消息 ID（只有数字），再做一次。" | "Copy the message id again (digits only), then do it again.";
    NOT_OURS_MEANS = "消息不属于这个应用" | "The message does not belong to this app";
    NOT_OURS_CAUSE = "消息 ID 写错，或它是另一个应用里的消息；与 Token 无关。" | "The message id is wrong, or it is a message of another app; the token is not the reason.";
    NOT_OURS_NEXT = "核对消息 ID 和“连接”里的应用，改正后再做一次。" | "Check the message id and the app under “Connection”, correct them, then do it again.";
    EDITS_MEANS = "修改次数已用完" | "No edits are left";
    EDITS_CAUSE = "这条消息已经修改过 10 次，不能再改。" | "The message was edited 10 times and cannot change again.";
    EDITS_NEXT = "不用再做；需要时撤回它，再发一条新的。" | "Do not repeat it; if need be, recall the message and send a new one.";
    EDIT_OFF_NEXT = "请管理控制台的同事联系环信商务开通消息修改，再做一次。" | "Ask whoever manages the console to have Easemob's sales open message editing, then do it again.";
    EXPIRED_CAUSE = "消息 ID 写错，或消息已经撤回或过期。" | "The message id is wrong, or the message was recalled or has expired.";

    EMPTY_MEANS = "有一项没有填" | "Something was left empty";
    EMPTY_CAUSE = "云服务的原话里写明是哪一项。" | "The cloud's own words say which value it is.";
    EMPTY_NEXT = "填好这一项，再做一次。" | "Fill it in, then do it again.";
    TO_MEANS = "找不到消息的接收方" | "The message's receiver was not found";
    TO_CAUSE = "接收人或群 ID 写错，或会话类型选错。" | "The receiver or group id is wrong, or the conversation type.";
    TO_NEXT = "核对接收人（或群 ID）和会话类型，改正后再撤回一次。" | "Check the receiver or group id and the conversation type, correct them, then recall again.";
    WINDOW_CAUSE = "消息发出太久（默认时限 2 分钟，最长 7 天）。" | "The message is too old (2 minutes by default, 7 days at most).";
    WINDOW_NEXT = "打开强制撤回再做一次，或请管理控制台的同事调长撤回时限。" | "Turn forced recall on and do it again, or ask whoever manages the console to lengthen the limit.";
    GONE_MEANS = "没有找到这条消息" | "The message was not found";
    GONE_CAUSE = "消息已经过期，或早已撤回。" | "It has expired, or was recalled before.";
    GONE_NEXT = "到会话里看：还在，就打开强制撤回再做一次；不在，就不用再做。" | "Look in the conversation: if it is still there, turn forced recall on and do it again; if not, there is nothing to do.";
    LARGE_CAUSE = "消息内容加扩展信息超过 5 KB（一个汉字算 3 字节）。" | "Content and extension together are above 5 KB (a Chinese character has 3 bytes).";
    FILE_MEANS = "没有这个时段的历史文件" | "There is no history file for that hour";
    FILE_CAUSE = "那一小时没有消息，文件还没有生成，或已超过 3 天。" | "Nothing was sent in that hour, the file is not made yet, or it is older than 3 days.";
    FILE_NEXT = "换一个时段；刚过去的时段请 24 小时后再查。" | "Choose another hour; for a recent one look again after 24 hours.";

    CLIENT_MEANS = "client_id 或 client_secret 不对" | "client_id or client_secret is wrong";
    CLIENT_CAUSE = "有一项没有填、没有复制完整，或属于另一个应用。" | "One is missing, was not copied whole, or belongs to another app.";
    CLIENT_NEXT = "从控制台重新复制这两项到“连接”，再做一次。" | "Copy both from the console to “Connection” again, then do it again.";
    APP_MEANS = "应用不存在" | "The app does not exist";
    APP_CAUSE = "AppKey 写错，或应用不在所选的区域。" | "The AppKey is mistyped, or the app does not live in the chosen region.";
    APP_NEXT = "从控制台核对 AppKey 和区域，在“连接”里改正，再做一次。" | "Look up AppKey and region in the console, correct them under “Connection”, then do it again.";
    TOKEN_OLD_MEANS = "Token 过期" | "The token has expired";
    TOKEN_OLD_CAUSE = "Token 的有效期已过。" | "Its time is over.";
    TOKEN_BAD_MEANS = "Token 不能用" | "The token is not accepted";
    TOKEN_BAD_CAUSE = "Token 没有带上、没有复制完整，或属于另一个应用或区域。" | "It was not sent, was not copied whole, or belongs to another app or region.";
    TOKEN_NEXT = "核对“连接”里的应用和区域，换一个新的 Token，再做一次。" | "Check app and region under “Connection”, get a new token, then do it again.";

    FORBIDDEN_MEANS = "不被允许" | "Not allowed";
    FORBIDDEN_CAUSE = "功能没有开通、达到上限，或来源 IP 不在名单里。" | "A function is not enabled, a limit is reached, or the IP address is not on the list.";
    FORBIDDEN_NEXT = "看云服务的原话，请管理控制台的同事处理后再做一次。" | "Read the cloud's own words, have whoever manages the console see to it, then do it again.";
    NOT_FOUND_MEANS = "没有找到" | "Not found";
    NOT_FOUND_CAUSE = "填写的 ID 没有对应的内容，或应用、区域不对。" | "Nothing belongs to the ids given, or app or region is wrong.";
    NOT_FOUND_NEXT = "核对填写的 ID 和“连接”里的应用、区域，改正后再做一次。" | "Check the ids, and app and region under “Connection”, correct them, then do it again.";
}
