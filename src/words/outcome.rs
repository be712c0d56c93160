//! What an ending means when the vendor itself did not answer, and the words of the four-part result.

use super::words;

words! {
    OFFLINE = "没有网络" | "No network";
    OFFLINE_CAUSE = "这台电脑现在离线，请求没有离开浏览器。" | "This computer is offline; the request never left the browser.";
    OFFLINE_NEXT = "连上网络后再提交一次，填写的内容都还在。" | "Reconnect and submit again; everything you typed is still here.";
    NOT_BUILT = "浏览器拒绝发出请求" | "The browser refused to send the request";
    NOT_BUILT_CAUSE = "代理模板里的地址无效；什么都没有发出。" | "The address in the proxy template is invalid; nothing was sent.";
    NOT_BUILT_NEXT = "请在“连接”里改正代理，再提交一次；填写的内容都还在。" | "Correct the proxy under “Connection”, then submit again; everything you typed is still here.";
    SHUT = "本页现在不发出任何请求" | "This page sends nothing at the moment";
    SHUT_CAUSE = "部署配置 config.json 有错或读不到，页面顶部写明了；或者它还没有读到；或者没有认出放着本页的门户。" | "The deployment's config.json is wrong or cannot be read, as the top of the page says; or it was not read yet; or the portal around this page is not known.";
    SHUT_NEXT = "把页面顶部的提示复制给 IT，请他们改好；没有提示，就稍等再提交。消息没有变化。" | "Copy what the top of the page says to IT and ask them to mend it; if it says nothing, wait a moment and submit again. No message was changed.";
    POLICY = "本页面的安全策略不许调用这个代理" | "This page's own policy forbids calling this proxy";
    POLICY_CAUSE = "安全策略（CSP）的 connect-src 没有列出它，请求没有离开浏览器。" | "The policy (CSP) does not list it in connect-src; the request never left the browser.";
    POLICY_NEXT = "请让 IT 把代理的地址加进页面的 connect-src，或在“连接”里换成列出的代理；消息没有变化。" | "Ask IT to add the proxy's address to the page's connect-src, or take a proxy that is listed under “Connection”; no message was changed.";
    UNSIGNED = "没有可用的签名" | "There is nothing to sign with";
    UNSIGNED_CAUSE = "粘贴的 UserSig 已经过期，或者密钥里含有不能使用的字符（如空格、全角字符）；请求没有离开浏览器。" | "The UserSig that was pasted has ended, or the key contains characters no request can carry; the request never left the browser.";
    UNSIGNED_NEXT = "请在“连接”里换一份新的 UserSig，或重新填写密钥，再提交一次；填写的内容都还在。" | "Enter a fresh UserSig or the key again under “Connection”, then submit again; everything you typed is still here.";
    NO_CONNECTION = "没有收到任何回答" | "No answer at all";
    NO_CONNECTION_CAUSE = "代理连不上、代理不允许本页面，或请求送达后连接断开；浏览器无法区分这几种情况。" | "The proxy cannot be reached, refuses this page, or the connection broke after the request arrived: a browser cannot tell these apart.";
    TIMED_OUT = "等待超时" | "No answer in time";
    TIMED_OUT_CAUSE = "请求已经发出，但没有等到回答；它可能已经生效。" | "The request went out but no answer came; it may have taken effect.";
    CUT = "回答在中途断开" | "The answer broke off";
    CUT_CAUSE = "对方已经开始回答，但内容没有传完；它可能已经生效。" | "An answer began but did not arrive whole; the act may have taken effect.";
    CHECK_FIRST = "先在客户端确认消息是否已经变化，再决定要不要重做；直接重做可能会做两次。“连接”里的“测试”可以检查代理。" | "Look in the chat whether it happened before doing it again: repeating may do it twice. “Test” under “Connection” checks the proxy.";
    LOOK_AGAIN = "这只是查询，可以再试一次。" | "This only looks; try again.";
    REDIRECTED = "代理要求转到别的地址" | "The proxy sent us elsewhere";
    REDIRECTED_CAUSE = "多半是登录过期，或代理把 http 转到了 https，这样的请求没有送达云服务；但浏览器不说是哪一种转向，有的是先办完再转。" | "Most likely a login has expired, or the proxy moves http to https, and the request did not reach the cloud; but a browser does not say which kind it was, and some come after the act was done.";
    REDIRECTED_NEXT = "请重新登录公司门户，或让 IT 核对代理地址。" | "Sign in to your portal again, or ask IT to check the proxy's address.";
    REDIRECTED_FIRST = "请重新登录公司门户，或让 IT 核对代理地址；重做之前，先在客户端确认消息有没有变化。" | "Sign in to your portal again, or ask IT to check the proxy's address; before doing it again, look in the chat whether it happened.";
    PROXY_REFUSED = "代理拒绝了请求" | "The proxy refused the request";
    PROXY_REFUSED_CAUSE = "回答来自代理而不是云服务：本页面的来源、路径或方法不在它的允许名单里。" | "The answer is the proxy's, not the cloud's: this page's origin, the path or the method is not on its list.";
    PROXY_REFUSED_NEXT = "把下面的细节复制给 IT，请他们放行；消息没有变化。" | "Copy the details below to IT and ask them to allow it; no message was changed.";
    NO_ROUTE = "代理没有这条路由" | "The proxy has no such route";
    NO_ROUTE_CAUSE = "代理模板写错了，或 IT 还没有配置这个云服务的转发。" | "The proxy template is wrong, or IT has not set up the route to this cloud.";
    NO_ROUTE_NEXT = "请核对“连接”里的代理模板；消息没有变化。" | "Check the proxy template under “Connection”; no message was changed.";
    UNREADABLE = "收到的回答无法读懂" | "The answer cannot be read";
    UNREADABLE_CAUSE = "回答不是云服务的格式，可能是登录页或被中间设备改写；请求是否生效无法判断。" | "The answer is not in the cloud's format: perhaps a login page, or something in between rewrote it. Whether the act happened cannot be told.";
    GATEWAY_FAILED = "中间的网关出错了" | "A gateway in between failed";
    GATEWAY_FAILED_CAUSE = "代理或云服务的网关报错；请求可能已经送达并生效。" | "The proxy or the cloud's gateway reported an error; the request may have arrived and taken effect.";
    VERDICT_NOT_SENT = "没有发出" | "Not sent";
    VERDICT_REFUSED = "被拒绝，没有生效" | "Refused, nothing happened";
    VERDICT_ACCEPTED = "已受理（未核实）" | "Accepted (not verified)";
    VERDICT_PARTIAL = "部分成功" | "Partly done";
    KEPT = "锁定时，下面的结果可能还没有人看到：" | "Nobody may have seen these results when the page was locked:";
    KEPT_LINE = "{time} · {title} · {count} 条 · {verdict} {code}" | "{time} · {title} · {count} · {verdict} {code}";
    KEPT_NEXT = "其余的记录已随锁定清掉。拿不准时，先在客户端看一眼，再决定要不要重做。" | "The rest of the record went with the lock. When in doubt, look in the chat before doing anything again.";
    KEPT_AWAY = "知道了" | "Got it";
    VERDICT_UNKNOWN = "结果未知" | "Outcome unknown";
    REPEAT_USELESS = "再做一次也会得到同样的结果。" | "Doing it again gets the same answer.";
    REPEAT_AFTER_FIX = "修正后可以再做一次。" | "After the fix it may be done again.";
    REPEAT_LATER = "稍后可以再做一次。" | "It may be done again later.";
    REPEAT_AFTER_RENEWAL = "续费或升级套餐后可以再做一次。" | "Once the plan is renewed or upgraded it may be done again.";
    REPEAT_DANGEROUS = "不要直接重做：它可能已经生效。" | "Do not simply repeat it: it may have happened.";
    REPEAT_ONLY_THE_REST = "不要整批重做：已成功的人会再收到一次。" | "Do not repeat the whole batch: those who have it would get it again.";
    REPEAT_DONE = "不需要重做。" | "There is nothing to repeat.";
}
