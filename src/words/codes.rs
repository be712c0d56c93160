//! What the error codes of several clouds have in common: meanings, causes and next steps.

use super::words;

words! {
    BUG_MEANS = "请求的格式不对" | "The request is malformed";
    BUG_CAUSE = "本页面或中间的代理发出的请求，云服务不认识。" | "The cloud does not understand the request that this page, or a proxy in between, sent.";
    BUG_NEXT = "按“复制细节”，交给开发同事。" | "Press “Copy the details” and hand them to your developers.";

    VALUE_MEANS = "有一项填写得不对" | "One of the values is wrong";
    VALUE_CAUSE = "有一项缺少、过大，或不是云服务要的类型。" | "A value is missing, too large, or not of the kind the cloud wants.";
    VALUE_NEXT = "看云服务的原话，通常写明是哪一项；改正后再做一次。" | "Read the cloud's own words, which usually name it; correct it, then do it again.";

    USER_MISSING_MEANS = "用户不存在" | "The user does not exist";
    USER_MISSING_CAUSE = "账号写错了，或者它不在这个应用里。" | "The account is mistyped, or does not belong to this app.";
    USER_MISSING_NEXT = "核对发送者和接收人的账号，改正或移除后再做；批量发送只需重发给失败的接收人。" | "Check the accounts of sender and receivers, correct or remove them, then do it again; in a batch send, only for the receivers that failed.";

    MESSAGE_MISSING_MEANS = "消息不存在" | "The message does not exist";
    MESSAGE_MISSING_CAUSE = "填写的几项与原消息对不上，或者消息已经撤回、删除或过期。" | "What was filled in does not match the message, or it was recalled, deleted or has expired.";
    MESSAGE_MISSING_NEXT = "对照原消息核对每一项，改正后再做；都无误时消息已不在，不用再做。" | "Compare every value with the message, correct it and do it again; if all are right the message is gone and there is nothing to do.";

    CONFLICT_MEANS = "消息正在被别人修改" | "Someone else is changing the message";
    CONFLICT_CAUSE = "同一条消息同时有两次修改，这一次没有生效。" | "Two edits of the message met, and this one was not carried out.";
    CONFLICT_NEXT = "等几秒，到会话里看消息现在的内容，仍需要修改再做一次。" | "Wait a few seconds, look at the message in the conversation, and edit again if it still needs it.";

    TOO_MANY_MEANS = "一次的数量太多" | "Too many at once";
    TOO_MANY_CAUSE = "接收人、消息或 @ 的人数超过了一次的上限。" | "There are more receivers, messages or mentions than one request may have.";
    TOO_MANY_NEXT = "减少数量，分几批再做。" | "Take fewer, and do it in several batches.";

    RATE_MEANS = "请求太频繁" | "Too many requests";
    RATE_CAUSE = "短时间内的次数超过了上限；应用里其他程序的请求也计算在内。" | "There were more in a short time than allowed; other programs of the app count too.";
    RATE_NEXT = "至少等 1 分钟再做一次；经常遇到时，请管理控制台的同事提高上限。" | "Wait at least 1 minute, then do it again; if it happens often, ask whoever manages the console to raise the limit.";

    OFF_MEANS = "这项功能没有开通" | "This function is not enabled";
    OFF_CAUSE = "应用的套餐或设置不包含这项功能。" | "The app's plan or settings do not include it.";
    OFF_NEXT = "请管理控制台的同事开通或升级套餐，再做一次。" | "Ask whoever manages the console to enable it or to upgrade the plan, then do it again.";

    QUOTA_MEANS = "用量超出套餐" | "The plan's quota is used up";
    QUOTA_CAUSE = "账号数、活跃用户数或体验版的用量到了上限。" | "The number of accounts or active users, or the trial volume, reached its limit.";
    QUOTA_NEXT = "请管理控制台的同事升级套餐，再做一次。" | "Ask whoever manages the console to upgrade the plan, then do it again.";

    WINDOW_MEANS = "超过撤回时限" | "The time limit for a recall has passed";

    TOO_LONG_MEANS = "消息太长" | "The message is too long";
    TOO_LONG_NEXT = "缩短文本、自定义内容或扩展信息，再做一次。" | "Shorten the text, the custom content or the extension, then do it again.";

    TIMEOUT_MEANS = "云服务处理超时" | "The cloud took too long";
    INTERNAL_MEANS = "云服务内部错误" | "The cloud had an internal error";
    MAYBE_DONE_CAUSE = "操作可能已经执行，也可能没有。" | "The action may have been carried out or not.";
    MAYBE_DONE_NEXT = "等 1 分钟，到会话里看结果。没有生效再做一次；直接重发，接收人可能收到两次。" | "Wait a minute and look in the conversation. Do it again only if nothing happened: sending again straight away may reach people twice.";

    UNKNOWN_CAUSE = "本页面没有收录它，请看云服务的原话。" | "This page does not list it; read the cloud's own words.";
    UNKNOWN_NEXT = "先到会话里看有没有变化，再按“复制细节”，交给开发同事。" | "Look in the conversation whether anything changed, then press “Copy the details” and hand them to your developers.";
}
