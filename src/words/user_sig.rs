//! What is wrong with a pasted UserSig, and how to mend it.

use super::words;

words! {
    NOT_A_USER_SIG = "这不是 UserSig。它是一整段英文字母、数字和 * - _，通常以 eJ 开头。请向开发同事要一份，整段粘贴。" | "This is no UserSig. One is a single run of letters, digits and * - _, usually beginning with eJ. Ask your developers for one and paste all of it.";
    IS_THE_KEY = "这看起来是密钥，不是 UserSig。请改填到密钥一栏，或请开发同事用它生成 UserSig 再粘贴。" | "This looks like the secret key, not like a UserSig. Put it into the field for the key, or have your developers make a UserSig with it and paste that.";
    INCOMPLETE = "UserSig 不完整，或有字符被改动。请整段重新复制，中间不要有空格或换行。" | "The UserSig is incomplete or was altered. Copy the whole of it again, without spaces or line breaks inside.";
    UNFAMILIAR = "这份签名是旧式的，本页面无法核对它属于谁、何时过期。请确认无误；不能用时，请开发同事按 HMAC-SHA256 生成一份。" | "This signature is of an older kind: whose it is and when it expires cannot be checked here. Make sure it is right; if it does not work, have your developers make one with HMAC-SHA256.";
    OTHER_APP = "这份 UserSig 属于应用 {found}，而 SDKAppID 填的是 {expected}。请核对 SDKAppID，或换成这个应用的 UserSig。" | "This UserSig belongs to app {found}, but the SDKAppID is {expected}. Check the SDKAppID, or use a UserSig of this app.";
    OTHER_ACCOUNT = "这份 UserSig 属于账号“{found}”，而填写的账号是“{expected}”。请改成同一个账号，或换成这个账号的 UserSig。" | "This UserSig belongs to the account “{found}”, but the account given is “{expected}”. Make them the same, or use a UserSig of this account.";
    EXPIRED = "这份 UserSig 已经过期。请开发同事重新生成一份（有效期 24 小时以上）再粘贴；如果是刚刚生成的，请校准这台电脑的时间。" | "This UserSig has expired. Have your developers make a new one (good for 24 hours or more) and paste it; if it was made just now, set this computer's clock.";
    FOR_ROOMS = "这份签名是音视频房间用的，不能用于聊天。请开发同事生成聊天用的 UserSig。" | "This signature is for audio and video rooms, not for chat. Have your developers make a UserSig for chat.";
}
