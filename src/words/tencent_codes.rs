//! What Tencent's error codes mean, why they come, and what to do next. What other clouds say too is in [`super::codes`].

use super::words;

words! {
    CONTENT_MEANS = "消息内容的格式不对" | "The message content is malformed";
    CONTENT_CAUSE = "某一项内容缺少，或不是它应有的类型。" | "A part of the content is missing or not of the kind it should be.";
    CONTENT_NEXT = "核对消息类型和每一项内容，改正后再做一次。" | "Check the message type and each part of the content, correct it, then do it again.";

    CONNECTION_MEANS = "连接信息缺少或有误" | "The connection lacks something or is wrong";
    CONNECTION_CAUSE = "SDKAppID、管理员账号或 UserSig 填错，或被代理丢掉。" | "SDKAppID, admin account or UserSig is wrong, or a proxy dropped it.";
    CONNECTION_NEXT = "核对“连接”里的几项，再做一次；都对时，把细节复制给 IT 检查代理。" | "Check them under “Connection” and do it again; if all are right, copy the details to IT to look at the proxy.";

    REGION_MEANS = "SDKAppID 或区域不对" | "The SDKAppID or the region is wrong";
    REGION_CAUSE = "SDKAppID 写错，或应用不在所选的区域。" | "The SDKAppID is mistyped, or the app does not live in the chosen region.";
    REGION_NEXT = "从控制台核对 SDKAppID 和应用所在的区域，在“连接”里改正，再做一次。" | "Look up SDKAppID and region in the console, correct them under “Connection”, then do it again.";

    ADMIN_MEANS = "需要管理员账号" | "An admin account is needed";
    ADMIN_CAUSE = "“连接”里的账号不是这个应用的管理员。" | "The account under “Connection” is no admin of this app.";
    ADMIN_NEXT = "在“连接”里换成应用管理员的账号，再做一次；不知道是哪个，请问管理控制台的同事。" | "Use an app admin's account under “Connection”, then do it again; if you do not know one, ask whoever manages the console.";

    SIG_EXPIRED_MEANS = "UserSig 过期或失效" | "The UserSig has expired or is void";
    SIG_EXPIRED_CAUSE = "有效期已过；如果是刚生成的，多半是这台电脑的时间不准。" | "Its time is over; if it was made just now, this computer's clock is most likely wrong.";
    SIG_EXPIRED_NEXT = "校准电脑时间，在“连接”里换一份新的 UserSig，再做一次。" | "Set the clock, put a new UserSig under “Connection”, then do it again.";

    SIG_BROKEN_MEANS = "UserSig 无效" | "The UserSig is not valid";
    SIG_BROKEN_CAUSE = "没有复制完整，或有字符被改动。" | "It was not copied whole, or was altered.";
    SIG_BROKEN_NEXT = "在“连接”里把 UserSig 整段重新粘贴，再做一次。" | "Paste the whole UserSig again under “Connection”, then do it again.";

    SIG_KEY_MEANS = "UserSig 校验失败" | "The UserSig failed its check";
    SIG_KEY_CAUSE = "生成它的密钥不是这个 SDKAppID 的，或密钥已经更换。" | "It was made with a key that is not this SDKAppID's, or the key was replaced.";
    SIG_KEY_NEXT = "从控制台重新复制 SDKAppID 和密钥；UserSig 是粘贴的，请开发同事重新生成，再做一次。" | "Copy SDKAppID and key from the console again; if the UserSig was pasted, have your developers make a new one, then do it again.";

    SIG_OTHER_MEANS = "UserSig 与填写的不符" | "The UserSig is for something else";
    SIG_OTHER_CAUSE = "它是为另一个账号或另一个 SDKAppID 生成的。" | "It was made for another account or another SDKAppID.";
    SIG_OTHER_NEXT = "让“连接”里的 SDKAppID、管理员账号和 UserSig 来自同一处，再做一次。" | "Make SDKAppID, admin account and UserSig under “Connection” belong together, then do it again.";

    SIG_TRIES_MEANS = "UserSig 校验失败次数过多" | "Too many failed UserSig checks";
    SIG_TRIES_CAUSE = "短时间内多次用了错误的 UserSig。" | "A wrong UserSig was used many times in a row.";
    SIG_TRIES_NEXT = "等 1 分钟，核对“连接”里的 UserSig，再做一次。" | "Wait 1 minute, check the UserSig under “Connection”, then do it again.";

    CHECK_MEANS = "账号校验没有完成" | "The account check did not finish";
    CHECK_CAUSE = "云服务没能核对“连接”里的账号，操作没有执行。" | "The cloud could not check the account under “Connection”; nothing was carried out.";
    CHECK_NEXT = "稍等再做一次；仍然这样，核对“连接”里的账号和 UserSig。" | "Do it again after a moment; if it stays, check account and UserSig under “Connection”.";

    LOCKED_MEANS = "账号被限制" | "The account is restricted";
    LOCKED_CAUSE = "这个账号被拉黑，或因登录太频繁被限制。" | "The account is blocked, or restricted for too many logins.";
    SUPPORT_NEXT = "请管理控制台的同事联系腾讯云技术支持。" | "Ask whoever manages the console to contact Tencent Cloud support.";

    IP_MEANS = "来源 IP 不被允许" | "The IP address is not allowed";
    IP_CAUSE = "应用限制了来源 IP，当前网络不在名单里。" | "The app limits IP addresses, and this network's is not on the list.";
    IP_NEXT = "换到公司网络，或请管理控制台的同事把出口 IP 加入名单，再做一次。" | "Use your company's network, or ask whoever manages the console to add your outgoing IP, then do it again.";

    STOPPED_MEANS = "应用的服务已停用" | "The app's service is stopped";
    STOPPED_CAUSE = "套餐没有购买、到期或欠费，或应用被停用。" | "The plan was not bought, has run out or is unpaid, or the app was disabled.";
    STOPPED_NEXT = "请管理控制台的同事续费或联系腾讯云，约 5 分钟后再做一次。" | "Ask whoever manages the console to renew it or to contact Tencent Cloud; do it again about 5 minutes later.";

    DEVELOPER_MEANS = "需要开发同事处理" | "A matter for your developers";
    DEVELOPER_CAUSE = "账号暂时不能重新导入，或应用的 SDK 版本过低。" | "The account cannot be imported again yet, or the app's SDK is too old.";

    CALLBACK_MEANS = "应用自己的服务器不允许" | "The app's own server refused it";
    CALLBACK_CAUSE = "应用在放行前做了检查（回调），这次没有通过。" | "The app checks such actions before they go through (callback), and this one did not pass.";
    CALLBACK_NEXT = "不用原样再做；请开发同事查看回调拒绝的原因。" | "Do not repeat it unchanged; ask your developers why the callback refused it.";
    CALLBACK_SILENT_MEANS = "应用的回调没有回答" | "The app's callback did not answer";
    CALLBACK_SILENT_CAUSE = "应用自己的服务器在放行前要检查，但出错或超时。" | "The app's own server checks before letting things through, but failed or was too slow.";
    CALLBACK_SILENT_NEXT = "稍后再做一次；一直这样，请开发同事检查回调服务。" | "Do it again later; if it stays, ask your developers to look at the callback.";
    CALLBACK_UNSURE_MEANS = "云服务或应用的回调出错" | "The cloud or the app's callback failed";
    CALLBACK_UNSURE_NEXT = "先到会话里看结果，没有生效再做一次；一直这样，请开发同事检查回调服务。" | "Look in the conversation and do it again only if nothing happened; if it stays, ask your developers to look at the callback.";

    TOO_LONG_CAUSE = "消息内容超过约 12 KB（一个汉字算 3 字节）。" | "The content is above some 12 KB (a Chinese character has 3 bytes).";
    TOO_LONG_UNSURE_MEANS = "云服务出错，或消息太长" | "The cloud failed, or the message is too long";
    TOO_LONG_UNSURE_NEXT = "先到会话里看结果，没有生效就缩短内容，再做一次。" | "Look in the conversation; if nothing happened, shorten the content and do it again.";

    MODERATED_MEANS = "内容被审核拦下" | "Moderation stopped the content";
    MODERATED_CAUSE = "文字或图片被判定为敏感内容。" | "The text or a picture was judged sensitive.";
    MODERATED_NEXT = "改掉可能的词句或图片再做一次；认为误判，请管理控制台的同事查看内容审核设置。" | "Change the words or pictures and do it again; if it is a mistake, ask whoever manages the console to look at the moderation settings.";

    BLOCKED_MEANS = "发送者被对方拉黑" | "The receiver blocks the sender";
    BLOCKED_CAUSE = "这位接收人把发送者加入了黑名单。" | "This receiver put the sender on their block list.";
    BLOCKED_NEXT = "移除这位接收人；只有对方本人解除拉黑后才能送达。" | "Leave this receiver out; nothing arrives until they unblock the sender themselves.";
    NOT_FRIENDS_MEANS = "双方不是好友" | "The two are not friends";
    NOT_FRIENDS_CAUSE = "应用只允许好友之间发消息。" | "The app allows messages between friends only.";
    NOT_FRIENDS_NEXT = "换一个发送者，或请管理控制台的同事关闭好友检查，再做一次。" | "Use another sender, or ask whoever manages the console to switch the check off, then do it again.";
    MUTED_MEANS = "发送者被禁言" | "The sender is muted";
    MUTED_CAUSE = "发送者的账号被禁言，或在这个群里被禁言。" | "The sender's account is muted, or muted in this group.";
    MUTED_NEXT = "请群主或管理账号的同事解除禁言，或换一个发送者，再做一次。" | "Have the group's owner or whoever manages the accounts lift it, or use another sender, then do it again.";

    WINDOW_CAUSE = "消息发出太久（默认时限 2 分钟）。" | "The message is too old (2 minutes by default).";
    WINDOW_NEXT = "请管理控制台的同事调长撤回时限，再撤回一次。" | "Ask whoever manages the console to lengthen the limit, then recall again.";
    KEY_MEANS = "MsgKey 不对" | "The MsgKey is wrong";
    KEY_CAUSE = "MsgKey 没有填，或没有复制完整。" | "The MsgKey is missing or was not copied whole.";
    RECALLED_MEANS = "消息早已撤回" | "The message was recalled before";
    RECALLED_CAUSE = "有人已经撤回了这条消息。" | "Somebody has already recalled it.";
    RECALLED_NEXT = "不用再做。" | "There is nothing to do.";
    FIXED_MEANS = "这条消息不能撤回或删除" | "This message cannot be recalled or deleted";
    FIXED_CAUSE = "这类消息，或这类群（例如直播群），不支持。" | "Messages or groups of this kind, a live room for example, do not allow it.";
    FIXED_NEXT = "不用再做；可以再发一条更正。" | "Do not repeat it; you can send a correction instead.";

    GROUP_MISSING_MEANS = "群不存在" | "The group does not exist";
    GROUP_MISSING_CAUSE = "群 ID 写错，或群已经解散。" | "The group id is wrong, or the group was dissolved.";
    GROUP_MISSING_NEXT = "核对群 ID，改正后再做；群已解散时不用再做。" | "Check the group id, correct it and do it again; for a dissolved group there is nothing to do.";
    GROUP_RIGHT_MEANS = "没有权限" | "No right to do this";
    GROUP_RIGHT_CAUSE = "这类群不支持，或“连接”里的账号不是应用管理员。" | "Groups of this kind do not allow it, or the account under “Connection” is no app admin.";
    GROUP_RIGHT_NEXT = "核对群 ID 和“连接”里的账号，再做一次；都对时，是群的类型不支持，不用再做。" | "Check the group id and the account under “Connection”, then do it again; if both are right the kind of group does not allow it.";
    NO_HISTORY_MEANS = "这个群没有历史消息" | "This group keeps no history";
    NO_HISTORY_CAUSE = "这类群不保存消息，查不到。" | "Groups of this kind do not keep messages.";
    DROPPED_MEANS = "消息被丢弃，没有送达" | "The message was dropped, not delivered";
    DROPPED_CAUSE = "这个群的消息太多（每秒上限 40 条），云服务丢弃了它。" | "There were too many messages in this group (40 a second at most), and the cloud dropped it.";
    DROPPED_NEXT = "等几分钟，群里不忙时再发一次。" | "Wait a few minutes and send again when the group is quieter.";

    UNKNOWN_MEANS = "未收录的错误码" | "An error code that is not in our list";
    UNKNOWN_GROUP_MEANS = "未收录的错误码（关于群）" | "An error code that is not in our list (about groups)";
    UNKNOWN_MESSAGE_MEANS = "未收录的错误码（关于消息）" | "An error code that is not in our list (about messages)";
    UNKNOWN_ACCESS_MEANS = "未收录的错误码（关于接入）" | "An error code that is not in our list (about access)";
    UNKNOWN_ACCOUNT_MEANS = "未收录的错误码（关于账号）" | "An error code that is not in our list (about accounts)";
    UNKNOWN_CONTENT_MEANS = "未收录的错误码（关于内容）" | "An error code that is not in our list (about content)";
}
