//! The words of the desk in somebody else's frame.

use super::words;

words! {
    WAITING = "正在确认所在的页面……" | "Checking the page around this one…";
    STRANGER_TITLE = "在这个页面里不能使用" | "Not usable inside this page";
    STRANGER_LEAD = "消息台被嵌在一个没有登记的页面里。为了安全，这里不能输入密钥，也不会发出任何请求。" | "Message Desk stands in a frame of a page that nobody registered. To be safe, no key can be typed here and nothing is sent.";
    NOBODY_LISTED = "部署时没有登记任何可以嵌入它的页面（config.json 的 parents）。" | "No page was registered when it was set up (parents in config.json).";
    SILENCE = "登记过的页面没有应答：可能是别的网站嵌入了它，也可能是门户没有接好 embed.js。" | "No registered page has answered: perhaps another site has framed it, or the portal has not set up embed.js.";
    OTHER_VERSION = "所在页面用的是另一个版本的约定，需要更新门户里的 embed.js。" | "The page around it speaks another version: the portal's embed.js needs an update.";
    OPEN_ALONE = "在新标签页打开消息台" | "Open Message Desk in a new tab";
    OPEN_ALONE_HINT = "打不开时，把这个地址复制到浏览器：{address}" | "If it does not open, copy this address into the browser: {address}";
    ASK_PORTAL = "需要在门户里使用时，请把本页地址和这段话发给部署人员。" | "To use it inside the portal, send this page's address and these words to whoever set it up.";
    KEPT_HERE = "这里保存的任务和保险库只属于这个浏览器里的这个门户：在别的门户或单独打开时看不到。需要带走就先存成文件，到那边导入。" | "Jobs and the vault are kept for this portal in this browser: another portal or a tab of its own does not show them. Save as a file what you want to take along, and take it in there.";
    LACKS = "门户的框架缺少 {token}：{loses}请门户的开发者加上。" | "The portal's frame lacks {token}: {loses} Ask the portal's developers to add it.";
    LOSES_ORIGIN = "浏览器存储不可用，代理会拒绝请求。" | "storage is not available, and proxies refuse the calls.";
    LOSES_FORMS = "浏览器不提交表单，按钮改用替代方式工作。" | "the browser submits no forms; the buttons work in another way.";
    LOSES_MODALS = "请求还在途中时关闭页面，不会有提醒。" | "closing the page while a request is under way is not asked about.";
    LOSES_DOWNLOADS = "结果文件不能下载，任务结束后请用复制。" | "result files cannot be saved; copy the results instead.";
    LOSES_CLIPBOARD = "“复制”按钮不起作用，请手动选择文字。" | "the copy buttons do nothing; select the text yourself.";
    NEEDS_APPROVAL = "涉及 {count} 条，需要第二个人同意。" | "It concerns {count}; a second person has to agree.";
    APPROVAL_WAITS = "已请门户转告第二个人，正在等待同意。没有同意就不会发出。" | "The portal was asked for a second person, and the answer is awaited. Without it nothing is sent.";
    APPROVAL_YES = "第二个人已同意这次操作。仍然要你按下确认才会发出。" | "The second person agrees to this act. It is still sent only when you confirm.";
    APPROVAL_NO = "第二个人没有同意，不会发出。" | "The second person does not agree; it will not be sent.";
    APPROVAL_NOBODY = "这里没有能转告第二个人的门户，所以不能发出。请从门户里打开消息台。" | "There is no portal here that could ask a second person, so it cannot be sent. Open Message Desk from the portal.";
    COVERED = "确认按钮被别的内容遮住了，或者窗口不在前台。让它完整露出来，稍等片刻再按。" | "Something covers the confirm button, or the window is not in front. Bring it into full view and wait a moment.";
}
