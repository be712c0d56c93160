//! What Yunxin's error codes mean, why they come, and what to do next.

use super::words;

words! {
    OK_MEANS = "请求成功" | "The request succeeded";
    OK_CAUSE = "云信接受了这次请求；批量发送时，个别接收人仍可能失败。" | "Yunxin accepted the request; in a batch send, single receivers may still have failed.";
    OK_NEXT = "不用再做一次；批量发送请看每位接收人的结果，修改和撤回可到会话里确认。" | "Do not repeat it; for a batch send read the result of each receiver, for an edit or a recall you can look in the conversation.";

    IP_LIMIT_MEANS = "IP 受限" | "The IP address is restricted";
    IP_LIMIT_CAUSE = "应用设置了 IP 白名单，发出请求的网络不在名单里。" | "The app has an IP allowlist, and the network this request came from is not on it.";
    IP_LIMIT_NEXT = "换到名单内的网络，或请管理云信控制台的同事把当前出口 IP 加入 IP 白名单，再做一次。" | "Switch to a network on the list, or ask whoever manages the Yunxin console to add your outgoing IP address to the allowlist, then do it again.";

    PAUSED_MEANS = "请求被暂时禁止" | "Requests are temporarily forbidden";
    PAUSED_CAUSE = "云信暂时不接受这个应用的请求，常见于短时间内请求过多。" | "Yunxin is not taking requests from this app for now, often because there were too many in a short time.";
    PAUSED_NEXT = "等几分钟再做一次；仍然这样时，请管理云信控制台的同事联系云信技术支持。" | "Wait a few minutes and do it again; if it stays this way, ask whoever manages the Yunxin console to contact Yunxin support.";

    UNIT_MEANS = "服务器单元错误" | "Server unit error";
    UNIT_CAUSE = "云信的一组服务器出了问题；这次操作有没有执行，无法确定。" | "A group of Yunxin's servers had a problem; whether the action was carried out is not certain.";

    FORBIDDEN_MEANS = "没有权限，或鉴权失败" | "Forbidden, or authentication failed";
    FORBIDDEN_CAUSE = "多半是 AppKey 与 AppSecret 不配对，或这台电脑的时间与标准时间相差超过 5 分钟；也可能是操作者没有这项权限。" | "Most likely AppKey and AppSecret do not belong together, or this computer's clock is more than 5 minutes off; the operator may also lack the right to do this.";
    FORBIDDEN_NEXT = "从云信控制台重新复制 AppKey 和 AppSecret，并把电脑时间设为自动校准，再做一次；仍被拒绝时，核对“操作者”或“发送者”的权限。" | "Copy AppKey and AppSecret from the Yunxin console again and set the computer's clock to automatic, then do it again; if it is still refused, check the rights of the “Operator” or “Sender”.";

    NOT_FOUND_MEANS = "资源不存在" | "Not found";
    NOT_FOUND_CAUSE = "填写的 ID 没有对应的内容，或所选的区域不是这个应用所在的区域。" | "Nothing belongs to the ids given, or the chosen region is not the one this app lives in.";
    NOT_FOUND_NEXT = "核对“区域”“会话类型”“发送者”“接收人”和“服务端消息 ID”，改正后再做一次。" | "Check “Region”, “Conversation type”, “Sender”, “Receivers” and “Server message ID”, correct what is wrong, then do it again.";

    TOO_LONG_MEANS = "内容过长" | "A value is too long";
    TOO_LONG_CAUSE = "有一项内容超过了云信允许的长度，常见的是消息文本或附加内容。" | "One of the values is longer than Yunxin allows, usually the message text or the attached content.";
    TOO_LONG_NEXT = "缩短过长的一项再做一次；云信的原话里通常写明是哪一项。" | "Shorten the value that is too long and do it again; Yunxin's own words usually name it.";

    PARAMETER_MEANS = "参数错误" | "Parameter error";
    PARAMETER_CAUSE = "有一项内容缺少或不符合云信的要求；原话里提到 CheckSum 时，多半是 AppSecret 填错或电脑时间不准。" | "One of the values is missing or not as Yunxin wants it; if Yunxin's words mention CheckSum, most likely AppSecret is wrong or the computer's clock is off.";
    PARAMETER_NEXT = "看云信的原话，里面通常写明是哪一项；改正这一项后再做一次。" | "Read Yunxin's own words, which usually name the value; correct that one, then do it again.";

    RATE_MEANS = "请求频率超过上限" | "The rate limit was exceeded";
    RATE_CAUSE = "这个应用在短时间内的请求次数超过了套餐的上限，云信会暂时拒绝同类请求；应用里其他程序的请求也计算在内。" | "This app made more requests in a short time than its plan allows, so Yunxin refuses this kind of request for a while; requests from other programs of the same app count too.";
    RATE_NEXT = "批量发送至少等 1 分钟，修改和撤回至少等 10 秒，再做一次；经常遇到时，请管理云信控制台的同事在 IM 即时通讯 > 功能配置 > 服务端频控 里提高上限。" | "Wait at least 1 minute for a batch send or 10 seconds for an edit or a recall, then do it again; if it happens often, ask whoever manages the Yunxin console to raise the limit under IM > feature configuration > server rate limits (IM 即时通讯 > 功能配置 > 服务端频控).";

    REPEATED_MEANS = "重复的请求" | "Repeated request";
    REPEATED_CAUSE = "云信之前已经收到过这同一个请求，先到的那一份可能已经执行。" | "Yunxin had already received this very request; the earlier copy may have been carried out.";
    REPEATED_NEXT = "先到会话里看结果：已经生效就不用再做，确认没有生效再做一次。" | "Look in the conversation first: if it took effect you are done, and only if it did not, do it again.";

    RETRY_MEANS = "请求需要重试" | "The request needs to be retried";
    RETRY_CAUSE = "云信没能完成这次处理，要求稍后再试；操作多半没有执行，但不能完全确定。" | "Yunxin could not finish the request and asks for another try; most likely the action was not carried out, but this is not certain.";

    CALLBACK_MEANS = "第三方回调拒绝了请求" | "The third-party callback rejected the request";
    CALLBACK_CAUSE = "应用自己的服务器在放行之前做了检查，不允许这次操作。" | "The app's own server checks such actions before they go through, and it did not allow this one.";
    CALLBACK_NEXT = "不用原样再做；请负责应用服务器的开发同事查看第三方回调的拒绝原因。" | "Do not repeat it unchanged; ask the developers of the app's server why the third-party callback rejected it.";

    INTERNAL_MEANS = "服务器内部错误" | "Internal server error";
    INTERNAL_CAUSE = "云信的服务器在处理时出错；这次操作可能已经执行，也可能没有。" | "Yunxin's server failed while working on the request; the action may have been carried out or not.";
    UNAVAILABLE_MEANS = "服务不可用" | "The service is unavailable";
    UNAVAILABLE_CAUSE = "云信的服务暂时中断；请求可能在中断前已经执行，也可能没有。" | "Yunxin's service was interrupted; the action may have been carried out before that, or not.";
    MAYBE_DONE_NEXT = "先到会话里看结果，确认没有执行再做一次；直接重做，接收人可能收到两次。" | "Look in the conversation first and do it again only if nothing happened; repeating it straight away may reach the receivers twice.";

    BUSY_MEANS = "服务器繁忙" | "The server is busy";
    BUSY_CAUSE = "云信的服务器暂时忙不过来；操作多半没有执行，但不能完全确定。" | "Yunxin's server has too much to do at the moment; most likely the action was not carried out, but this is not certain.";
    PAUSE_AND_LOOK_NEXT = "等 1 分钟左右，到会话里看一眼，确认没有生效再做一次。" | "Wait about a minute, look in the conversation, and do it again if nothing took effect.";

    TEAM_MISSING_MEANS = "群不存在" | "The team does not exist";
    TEAM_MISSING_CAUSE = "群 ID 写错，群已经解散，或高级群与超大群选反了。" | "The team id is wrong, the team was dissolved, or team and super team were mixed up.";
    TEAM_MISSING_NEXT = "核对“接收人”里的群 ID 和“会话类型”，改正后再做一次；群已解散时不用再做。" | "Check the team id in “Receivers” and the “Conversation type”, correct them, then do it again; for a dissolved team there is nothing more to do.";

    NO_CALL_RIGHT_MEANS = "应用无权调用这项功能" | "The app may not make this call";
    NO_CALL_RIGHT_CAUSE = "这个应用的套餐或设置没有包含这项功能。" | "This app's plan or settings do not include this function.";
    NO_CALL_RIGHT_NEXT = "请管理云信控制台的同事为这个 AppKey 开通这项功能，控制台里找不到时联系云信技术支持。" | "Ask whoever manages the Yunxin console to turn this function on for the AppKey, or to contact Yunxin support if the console does not offer it.";

    IM_OFF_MEANS = "IM 功能未开通" | "IM is not enabled";
    IM_OFF_CAUSE = "这个 AppKey 对应的应用没有开通 IM 即时通讯，或者服务已经停用。" | "The app of this AppKey has not enabled IM, or the service was stopped.";
    IM_OFF_NEXT = "核对“AppKey”是不是要管理的应用；无误时，请管理云信控制台的同事开通 IM 即时通讯。" | "Check that “AppKey” is that of the app you mean; if it is, ask whoever manages the Yunxin console to enable IM.";

    BAD_ADDRESS_MEANS = "服务地址非法" | "The service address is not valid";
    BAD_ADDRESS_CAUSE = "请求发到了不属于这个应用的服务地址，多半是区域选错。" | "The request went to an address that does not serve this app; most likely the region is wrong.";
    BAD_ADDRESS_NEXT = "在“区域”里选择应用所在的区域（国内或海外）再做一次；私有化部署请向开发同事核对服务地址。" | "Choose the app's own “Region” (mainland China or overseas) and do it again; for a private deployment, check the service address with your developers.";

    KEY_UNKNOWN_MEANS = "AppKey 不存在" | "The AppKey does not exist";
    KEY_UNKNOWN_CAUSE = "AppKey 写错了，或者它属于另一个区域。" | "The AppKey is mistyped, or it belongs to another region.";
    KEY_UNKNOWN_NEXT = "从云信控制台重新复制“AppKey”，并核对“区域”，再做一次。" | "Copy “AppKey” from the Yunxin console again and check “Region”, then do it again.";

    USER_MISSING_MEANS = "用户不存在" | "The user does not exist";
    USER_MISSING_CAUSE = "账号 ID 写错，或者这个账号没有在当前应用里注册。" | "The account id is mistyped, or the account is not registered in this app.";
    USER_MISSING_NEXT = "核对“接收人”“发送者”“操作者”里的账号 ID（一律小写），改正或移除后再做；批量发送只需重发给失败的接收人。" | "Check the account ids in “Receivers”, “Sender” and “Operator” (always lower case), correct or remove them, then do it again; in a batch send, only for the receivers that failed.";

    USER_MUTED_MEANS = "用户被禁言" | "The user is muted";
    USER_MUTED_CAUSE = "发送者或操作者的账号在整个应用里被禁言。" | "The account of the sender or operator is muted in the whole app.";
    USER_MUTED_NEXT = "请管理账号的同事解除这个账号的禁言，再做一次；批量发送也可以换一个“发送者”。" | "Ask whoever manages the accounts to unmute this one, then do it again; for a batch send you can also choose another “Sender”.";

    USER_DISABLED_MEANS = "用户被禁用" | "The user is disabled";
    USER_DISABLED_CAUSE = "这个账号在应用里被封禁。" | "This account is banned in the app.";
    USER_DISABLED_NEXT = "看“发送者”“操作者”“接收人”中哪个账号被封禁：请管理账号的同事解封，或换一个账号、移除这位接收人，再做一次。" | "Find out which account in “Sender”, “Operator” or “Receivers” is banned: have it unbanned by whoever manages the accounts, or use another account or leave this receiver out, then do it again.";

    USER_BLOCKED_MEANS = "用户被拉黑" | "The user is blocked";
    USER_BLOCKED_CAUSE = "这位接收人把发送者加入了黑名单。" | "This receiver has put the sender on their block list.";
    USER_BLOCKED_NEXT = "从“接收人”里移除对方；只有对方本人解除拉黑后才能送达。" | "Remove them from “Receivers”; nothing will arrive until they unblock the sender themselves.";

    NOT_FRIENDS_MEANS = "好友不存在" | "The friend does not exist";
    NOT_FRIENDS_CAUSE = "“校验好友关系”已打开，而发送者与接收人不是好友。" | "“Check friendship” is on, and the sender and the receiver are not friends.";
    NOT_FRIENDS_NEXT = "关闭“校验好友关系”，再做一次；批量发送只需重发给失败的接收人。" | "Turn “Check friendship” off and do it again; in a batch send, only for the receivers that failed.";

    THIRD_PARTY_MEANS = "不允许撤回第三方业务消息" | "Messages of a third-party business may not be recalled";
    THIRD_PARTY_CAUSE = "这条消息由接入云信的其他业务发出，云信不允许撤回。" | "The message was sent by another business connected to Yunxin, and Yunxin does not allow its recall.";
    THIRD_PARTY_NEXT = "不用再做；需要处理时，请开发同事在发出消息的那个业务里处理。" | "Do not repeat it; if it must go, ask your developers to handle it in the business that sent it.";

    NOT_SENDER_MEANS = "仅发送者或管理员可以撤回" | "Only the sender or a manager may recall it";
    NOT_SENDER_CAUSE = "“发送者”里填的不是这条消息的原发送者。" | "The account in “Sender” is not the one that sent this message.";
    NOT_SENDER_NEXT = "把“发送者”改为这条消息的原发送者，再撤回一次。" | "Set “Sender” to the account that sent the message, then recall it again.";

    DUPLICATE_ID_MEANS = "消息 ID 重复" | "The message ID is a duplicate";
    DUPLICATE_ID_CAUSE = "云信已经有一条相同 ID 的消息，多半是同一条消息提交了两次，先到的一条可能已经发出。" | "Yunxin already has a message with this ID; most likely the same message was submitted twice and the earlier one may have gone out.";
    DUPLICATE_ID_NEXT = "先到会话里看这条消息有没有发出，确认没有再发送一次。" | "Look in the conversation whether the message went out, and send it again only if it did not.";

    RECALL_WINDOW_MEANS = "撤回消息超过时间限制" | "The time limit for a recall has passed";
    RECALL_WINDOW_CAUSE = "消息发出的时间超过了应用的撤回时长（默认 2 分钟，最长 7 天）；已经打开“忽略撤回时限”时，是消息超过了 30 天。" | "The message is older than the app's recall window (2 minutes by default, 7 days at most); with “Ignore the recall window” on, it is older than 30 days.";
    RECALL_WINDOW_NEXT = "打开“忽略撤回时限”再撤回一次（只适用于 30 天内的消息）；也可请管理云信控制台的同事在 IM 即时通讯 > 功能配置 > 基础功能 > 消息撤回时长 里调长。" | "Turn on “Ignore the recall window” and recall it again (only for messages of the last 30 days); or ask whoever manages the Yunxin console to lengthen the window under IM > feature configuration > basic features > recall window (IM 即时通讯 > 功能配置 > 基础功能 > 消息撤回时长).";

    NOT_RECALLABLE_MEANS = "不允许撤回指定的消息" | "This message may not be recalled";
    NOT_RECALLABLE_CAUSE = "多半是“发送者”与消息的原发送者不一致，或者云信不允许撤回这一类消息。" | "Most likely “Sender” is not the account that sent the message, or Yunxin does not allow messages of this kind to be recalled.";
    NOT_RECALLABLE_NEXT = "核对“发送者”“会话类型”和“服务端消息 ID”，改正后再撤回一次；都无误时，这条消息不能撤回。" | "Check “Sender”, “Conversation type” and “Server message ID”, correct them and recall it again; if all are right, this message cannot be recalled.";

    FORCED_PUSH_MEANS = "强制推送列表超过上限" | "The forced-push list is too long";
    FORCED_PUSH_CAUSE = "强制推送的账号超过了 100 个。" | "More than 100 accounts were listed for forced push.";
    FORCED_PUSH_NEXT = "把强制推送的账号减到 100 个以内，再做一次。" | "Cut the forced-push list to at most 100 accounts, then do it again.";

    THROTTLED_MEANS = "消息被流控" | "Messages are being throttled";
    THROTTLED_CAUSE = "短时间内的消息太多，云信限制了流量。" | "There were too many messages in a short time, and Yunxin limited the flow.";
    THROTTLED_NEXT = "至少等 1 分钟再做一次；批量发送请放慢速度，只重发给失败的接收人。" | "Wait at least 1 minute and do it again; for a batch send slow down, and send again only to the receivers that failed.";

    DELETE_SELF_MEANS = "不允许删除发给自己的消息" | "Messages to oneself may not be deleted";
    RECALL_SELF_MEANS = "不允许撤回发给自己的消息" | "Messages to oneself may not be recalled";
    SELF_CAUSE = "“发送者”和“接收人”是同一个账号。" | "“Sender” and “Receivers” name the same account.";
    SELF_NEXT = "如果填错了，改正“发送者”或“接收人”再做一次；如果确实是发给自己的，云信不支持，不用再做。" | "If one is a slip, correct “Sender” or “Receivers” and do it again; if the message really went to oneself, Yunxin does not support this and there is nothing more to do.";

    NO_SENSE_MEANS = "收发双方不能都无感知" | "Sender and receiver cannot both be left without a copy";
    NO_SENSE_CAUSE = "发送方无感知与接收方无感知同时打开了。" | "No copy for the sender and no copy for the receiver were both turned on.";
    NO_SENSE_NEXT = "关闭其中一项，再发送一次。" | "Turn one of the two off, then send again.";

    SEARCH_OFF_MEANS = "云端搜索未开通" | "Cloud search is not enabled";
    SEARCH_OFF_CAUSE = "这个应用没有开通云端搜索消息的功能。" | "This app has not enabled searching messages in the cloud.";
    SEARCH_OFF_NEXT = "请管理云信控制台的同事开通云端搜索，再做一次。" | "Ask whoever manages the Yunxin console to enable cloud search, then do it again.";

    ONE_WAY_OFF_MEANS = "单向删除未开通" | "One-way deletion is not enabled";
    ONE_WAY_OFF_CAUSE = "这个应用没有开通单向删除消息的功能，所选的操作需要它。" | "This app has not enabled one-way deletion, which the chosen action needs.";
    ONE_WAY_OFF_NEXT = "请管理云信控制台的同事开通单向删除，再做一次；也可改用双向撤回，但双方都会收到撤回通知。" | "Ask whoever manages the Yunxin console to enable one-way deletion, then do it again; or use a two-way recall, which both sides will be told about.";

    MESSAGE_MISSING_MEANS = "消息不存在" | "The message does not exist";
    MESSAGE_MISSING_CAUSE = "填写的几项与原消息对不上，或者这条消息已经撤回、删除或过期。" | "What was filled in does not match the original message, or the message was already recalled, deleted or has expired.";
    MESSAGE_MISSING_NEXT = "对照原消息核对“服务端消息 ID”“会话类型”“发送者”“接收人”和“原始发送时间”，改正后再做；都无误时消息已不在，不用再做。" | "Compare “Server message ID”, “Conversation type”, “Sender”, “Receivers” and “Original send time” with the original message, correct them and do it again; if all are right the message is gone and there is nothing more to do.";

    MESSAGING_OFF_MEANS = "未开启发消息功能" | "Messaging is not enabled";
    MESSAGING_OFF_CAUSE = "这个应用没有打开发送消息的功能。" | "This app has not turned sending messages on.";
    MESSAGING_OFF_NEXT = "请管理云信控制台的同事打开发消息功能，再做一次。" | "Ask whoever manages the Yunxin console to turn messaging on, then do it again.";

    TIME_RANGE_MEANS = "无效的时间范围" | "The time range is not valid";
    TIME_RANGE_CAUSE = "查询的开始时间晚于结束时间，或者时间填写有误。" | "The query starts later than it ends, or a time is wrong.";
    TIME_RANGE_NEXT = "核对所填的时间，让开始早于结束，再查一次。" | "Check the times, let the start come before the end, then query again.";

    EDIT_RATE_MEANS = "更新过于频繁" | "Updated too often";
    EDIT_RATE_CAUSE = "同一条消息在 1 秒内修改了不止一次，较早的一次可能已经生效。" | "The same message was edited more than once within 1 second; the earlier edit may have taken effect.";
    EDIT_RATE_NEXT = "等几秒，到会话里看消息现在的内容，仍需要修改时再提交一次。" | "Wait a few seconds, look at the message as it is now in the conversation, and submit again if it still needs the edit.";

    MODERATED_MEANS = "消息命中反垃圾" | "The message was caught by moderation";
    MODERATED_CAUSE = "消息内容被应用的内容审核（安全通）判定为违规。" | "The app's content moderation (安全通) judged the content to be against its rules.";
    MODERATED_NEXT = "改掉可能违规的词句、链接或图片，再做一次；认为误判时，请管理云信控制台的同事查看安全通的设置。" | "Change the words, links or pictures that may be the reason and do it again; if you think it is a mistake, ask whoever manages the Yunxin console to look at the moderation settings (安全通).";

    MEMBERS_MUTED_MEANS = "群普通成员禁言" | "Ordinary members of the team are muted";
    MEMBERS_MUTED_CAUSE = "群里只有群主和管理员可以发言，而操作者或发送者是普通成员。" | "Only the owner and managers may speak in this team, and the operator or sender is an ordinary member.";
    TEAM_MUTED_MEANS = "群全体禁言" | "The whole team is muted";
    TEAM_MUTED_CAUSE = "这个群打开了全体禁言。" | "Everyone in this team is muted.";
    TEAM_MUTED_NEXT = "请群主或管理员解除群禁言，再做一次；修改消息时也可以选择忽略群禁言。" | "Ask the owner or a manager of the team to lift the mute, then do it again; for an edit you can also choose to ignore the team mute.";

    MEMBER_MISSING_MEANS = "群成员不存在" | "The team member does not exist";
    MEMBER_MISSING_CAUSE = "操作者或发送者已经不在这个群里，而“验证群成员身份”是打开的。" | "The operator or sender is no longer in this team, and “Check team membership” is on.";
    MEMBER_MISSING_NEXT = "核对“操作者”或“发送者”以及群 ID；账号确实已经退群时，关闭“验证群成员身份”，再做一次。" | "Check “Operator” or “Sender” and the team id; if the account really has left the team, turn “Check team membership” off, then do it again.";

    MEMBER_MUTED_MEANS = "群成员被禁言" | "The team member is muted";
    MEMBER_MUTED_CAUSE = "操作者或发送者在这个群里被单独禁言。" | "The operator or sender is muted in this team.";
    MEMBER_MUTED_NEXT = "请群主或管理员解除这位成员的禁言，再做一次；修改消息时也可以选择忽略成员禁言。" | "Ask the owner or a manager of the team to unmute this member, then do it again; for an edit you can also choose to ignore the member mute.";

    OWNER_ONLY_MEANS = "仅群主可以操作" | "Only the team owner may do this";
    OWNER_ONLY_CAUSE = "操作者既不是群主，也没有被授权做这项操作。" | "The operator is not the team owner and was not given the right to do this.";
    OWNER_ONLY_NEXT = "修改消息时，把“操作者”改为群主或消息的原发送者；撤回时，核对“发送者”是不是原发送者，再做一次。" | "For an edit, set “Operator” to the team owner or the account that sent the message; for a recall, check that “Sender” is that account, then do it again.";

    MANAGER_ONLY_MEANS = "仅群主或管理员可以操作" | "Only the team owner or a manager may do this";
    MANAGER_ONLY_CAUSE = "操作者不是这个群的群主或管理员。" | "The operator is neither the owner nor a manager of this team.";
    MANAGER_ONLY_NEXT = "修改消息时，把“操作者”改为群主、管理员或消息的原发送者；撤回时，核对“发送者”是不是原发送者，再做一次。" | "For an edit, set “Operator” to the team owner, a manager or the account that sent the message; for a recall, check that “Sender” is that account, then do it again.";
}
