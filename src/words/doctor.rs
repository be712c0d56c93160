//! The words of the connection's test: what was asked, what came back, what is wrong and what to do.

use super::words;

words! {
    ASKED_ONLINE = "这台电脑在线" | "This computer is online";
    ASKED_SCHEME = "浏览器允许这种地址（https 页面不能调用 http）" | "The browser allows such an address (an https page cannot call plain http)";
    ASKED_UNSIGNED = "不带签名，问 {host}" | "Ask {host}, without a signature";
    ASKED_PLAINLY = "不带任何请求头再问一次，能读到回答" | "Ask once more without any header: the answer can be read";
    ASKED_HEADERS = "逐个试请求头" | "Try each header alone";
    ASKED_ANYTHING = "那里有东西回应（内容读不到也算）" | "Something answers there (even if it cannot be read)";
    ASKED_PRIVATE = "浏览器没有被设成不让本页面访问内网" | "The browser has not been told to keep this page out of the local network";
    ASKED_METHODS = "逐个试请求方法，地址是一个什么都没有的路径" | "Try each method, at a path where there is nothing";
    ASKED_SIGNED = "带上签名，查询不存在的东西" | "Ask with the signature for something that does not exist";
    YES = "是" | "yes";
    NO = "否" | "no";
    ALL_PASS = "全部放行" | "all allowed";
    NAMES_REFUSED = "不放行：{fact}" | "refused: {fact}";
    NO_ANSWER = "没有能读到的回答" | "no answer that can be read";
    STOPPED_BY_POLICY = "被本页面自己的安全策略拦下，没有发出" | "stopped by this page's own policy; nothing was sent";
    NOTHING_IN_TIME = "15 秒内没有回答" | "nothing within 15 seconds";
    A_REDIRECT = "要求转到别的地址（没有跟过去）" | "a redirect (it was not followed)";
    CUT_OFF = "回答没有收完（HTTP {fact}）" | "the answer broke off (HTTP {fact})";
    THE_CLOUD = "云服务回答了（HTTP {fact}）" | "the cloud answered (HTTP {fact})";
    SOMETHING_ELSE = "回答不是云服务的格式（HTTP {fact}）" | "an answer, not in the cloud's format (HTTP {fact})";

    READY = "可以使用：代理可达，密钥、签名和时钟都被接受。" | "Ready: the proxy answers, and key, signature and clock are accepted.";
    OFFLINE = "电脑现在离线，请先连上网络。" | "This computer is offline: connect it first.";
    NOT_BUILT = "浏览器拒绝生成这个请求：请核对代理模板里的地址。" | "The browser refuses to build this request: check the address in the proxy template.";
    MIXED_CONTENT = "本页面是 https，而 {host} 是 http，浏览器会拦下：请让 IT 给 {host} 配上 https。" | "This page is on https and {host} on plain http, which browsers block: ask IT to put {host} on https.";
    POLICY = "本页面自己的安全策略（CSP）没有列出 {host}，请求没有发出：请让 IT 把 {host} 加进页面的 connect-src。" | "This page's own policy (CSP) does not list {host}, so nothing was sent: ask IT to add {host} to the page's connect-src.";
    PRIVATE_NETWORK = "浏览器不让本页面访问内网里的 {host}：请在地址栏旁的网站设置里允许“本地网络访问”；页面放在框架里时，请让 IT 给 iframe 加上 allow=\"local-network-access\"。" | "The browser keeps this page out of the local network, where {host} is: allow “local network access” in the site's settings beside the address; in a frame, ask IT to give the iframe allow=\"local-network-access\".";
    PRIVATE_NETWORK_AMONG = "浏览器分不出是哪一种：它不让本页面访问内网（权限是“拒绝”）；权限之外，代理也没有启动。先放开权限，再测一次。" | "A browser cannot tell which of these it is: it keeps the page out of the local network (the permission says “denied”); or, besides, the proxy is not running. Allow it first, then test again.";
    UNREACHABLE = "连不上 {host}：请让 IT 检查代理地址、服务是否启动和防火墙。" | "{host} cannot be reached: ask IT to check the address, whether the service runs, and the firewall.";
    UNREACHABLE_AMONG = "浏览器分不出是哪一种：地址写错或解析不到；服务没有启动；被防火墙挡住；https 证书不被信任。" | "A browser cannot tell which of these it is: a wrong or unknown name; a service that is not running; a firewall; an https certificate that is not trusted.";
    REFUSES_PAGE = "{host} 可达，但不允许本页面的来源（CORS）：请让 IT 把 {origin} 加入允许名单，并放行请求头 {headers}。" | "{host} answers but refuses this page's origin (CORS): ask IT to allow {origin} and the headers {headers}.";
    REFUSES_PAGE_AMONG = "浏览器分不出是哪一种：允许名单里没有这个来源；前面有一道登录；代理自己出错，错误回答没带 CORS 响应头。" | "A browser cannot tell which of these it is: the origin is not on the list; a sign-on stands in front; the proxy itself fails, and its errors lack the CORS headers.";
    HEADER_REFUSED = "{host} 允许本页面，但不放行请求头 {names}（CORS 预检）：请让 IT 把它们加进 Access-Control-Allow-Headers。" | "{host} allows this page but refuses the headers {names} (CORS preflight): ask IT to add them to Access-Control-Allow-Headers.";
    METHOD_REFUSED = "{host} 不放行请求方法 {names}（CORS 预检），修改、撤回或删除会失败：请让 IT 把它们加进 Access-Control-Allow-Methods。" | "{host} refuses the methods {names} (CORS preflight), so edits, recalls or deletes will fail: ask IT to add them to Access-Control-Allow-Methods.";
    HIDES_ANSWER = "{host} 允许本页面和每个请求头，但这个请求的回答读不到：请让 IT 看代理日志，并给出错的回答也加上 CORS 响应头。" | "{host} allows this page and each header, but the answer to this request cannot be read: ask IT to look into the proxy's log, and to put the CORS headers on error answers too.";
    HIDES_ANSWER_AMONG = "浏览器分不出是哪一种：代理出错，错误回答没带 CORS 响应头；连接中途断开；几个请求头放在一起才被拒绝。" | "A browser cannot tell which of these it is: an error whose answer lacks the CORS headers; a connection that was cut; headers that are refused only together.";
    TIMED_OUT = "{host} 在 15 秒内没有回答：请让 IT 检查代理能否访问云服务。" | "{host} did not answer within 15 seconds: ask IT whether the proxy reaches the cloud.";
    TIMED_OUT_AMONG = "浏览器分不出是哪一种：代理卡住；代理等不到云服务；防火墙悄悄丢包。" | "A browser cannot tell which of these it is: a proxy that hangs; a proxy that waits for the cloud; a firewall that drops silently.";
    REDIRECTED = "{host} 要求转到别的地址，多半是登录过期或 http 转 https：请重新登录，或让 IT 核对地址。" | "{host} redirects elsewhere, most likely an expired login or http to https: sign in again, or ask IT to check the address.";
    REDIRECTED_AMONG = "浏览器不告诉页面转到了哪里：可能是登录页、http 转 https，或地址末尾的斜杠。" | "A browser does not tell a page where it leads: a login page, http to https, or a slash at the end of the address.";
    LOGIN_PAGE = "{host} 回答的是一个网页（HTTP {status}），不是云服务：请重新登录，或让 IT 在登录和首页规则里放行代理路径。" | "{host} answers with a web page (HTTP {status}) instead of the cloud: sign in again, or ask IT to leave the proxy's path out of sign-on and home-page rules.";
    LOGIN_PAGE_AMONG = "页面分不出是哪一种：登录页；没有这条代理路径，服务器退回了首页。" | "The page cannot tell which of these it is: a login page; a proxy path that does not exist, where the server falls back to its home page.";
    UNREADABLE = "收到了回答，但不是云服务的格式（HTTP {status}）：可能是代理指向了别处，请让 IT 核对。" | "An answer came, but not in the cloud's format (HTTP {status}): perhaps the proxy points elsewhere; ask IT to check.";
    ROUTE_UNKNOWN = "{host} 不认识这个地址（HTTP {status}）：请核对代理模板，并让 IT 为 {cloud} 加一条路由。" | "{host} does not know this address (HTTP {status}): check the proxy template, and ask IT for a route to {cloud}.";
    PROXY_REFUSED = "{host} 拒绝了请求（HTTP {status}）：请让 IT 检查代理的允许名单和路由。" | "{host} refused the request (HTTP {status}): ask IT to check its lists and routes.";
    SIGN_ON = "{host} 要求先登录（HTTP 401）：请在浏览器里登录后再测试；已经登录的，请让 IT 检查。" | "{host} wants a sign-on first (HTTP 401): sign on in this browser and test again; if you are signed on, ask IT.";
    PROXY_PROOF = "云服务不接受代理的签名：请让 IT 检查代理上的密钥、应用、区域和时钟（{host}）。" | "The cloud does not accept what the proxy signs: ask IT to check key, app, region and clock there ({host}).";
    GATEWAY = "代理连不上云服务（HTTP {status}）：请让 IT 检查代理的出口和云服务地址 {cloud}。" | "The proxy cannot reach the cloud (HTTP {status}): ask IT to check its way out and the cloud's address, {cloud}.";
    BROKE_OFF = "{host} 能回答不带签名的请求，带签名的却没有回答：请再测一次；还是这样，就让 IT 看代理日志。" | "{host} answers without the signature and not with it: test again; if it stays so, ask IT to look into the proxy's log.";
    CLOCK_OFF = "电脑时钟与服务器相差约 {seconds} 秒，超过 300 秒会被拒绝：请校准时间。" | "This clock is about {seconds} seconds off the server's; more than 300 is refused: set the clock.";
    CLOCK_OFF_PLAIN = "服务器说时间不对：请校准这台电脑的时钟。" | "The server says the time is wrong: set this computer's clock.";
    KEY_UNKNOWN = "这个区域不认识此应用或密钥名：请核对，并换一个区域再试。" | "This region does not know the app or its key: check them, and try another region.";
    KEY_UNKNOWN_AMONG = "云服务不说是哪一种：名称抄错；应用在另一个区域。" | "The cloud does not say which of these it is: a name copied wrong; an app of another region.";
    SIGNATURE_REFUSED = "签名被拒绝：密钥不属于此应用，请重新复制密钥。" | "The signature is refused: the secret does not belong to this app; copy it again.";
    NOT_ADMIN = "此账号不是应用的管理员：请换成管理员账号，或在控制台把它设为管理员。" | "This account is no administrator of the app: use one that is, or make it one in the console.";
    WRONG_REGION = "应用不在这个区域：请核对应用 ID，并换一个区域再试。" | "The app does not live in this region: check its id, and try another region.";
    IP_REFUSED = "云服务不接受代理的出口 IP：请让 IT 把它加入控制台的 IP 白名单；新加的条目约 10 分钟后生效。" | "The cloud refuses the address the proxy calls from: ask IT to put it on the IP allowlist in the console; a new entry takes about ten minutes to count.";
    REFUSED = "云服务拒绝了此应用（代码 {code}）：{meaning}。{message} {next}" | "The cloud refuses this app (code {code}): {meaning}. {message} {next}";

    CLOCK_NOTE = "这台电脑的时钟与服务器相差 {seconds} 秒；超过 300 秒会被拒绝。" | "This computer's clock is {seconds} seconds off the server's; more than 300 is refused.";
    STEPS = "测了什么，得到什么" | "What was tried, and what came back";
    ABOUT_IN_USE = "为什么没成功：正在使用的连接" | "Why it failed: the connection in use";
    STEP = "{ask}：{answer}" | "{ask}: {answer}";
    FOR_IT = "复制给 IT" | "Copy for IT";
    AGAIN = "再测一次" | "Test again";
    TO_PROXY = "去改代理模板" | "Go to the proxy template";
    TO_REGION = "去换区域" | "Choose another region";
    TO_APP = "去核对应用" | "Go to the app's name";
    TO_SECRET = "重新填写密钥" | "Enter the secret again";
    TO_ACCOUNT = "去换账号" | "Name another account";
    FIND_OUT_WHY = "查明原因" | "Find out why";
    REPORT = "消息台连接测试，{time}\n页面：{origin}\n代理：{host}\n云服务：{cloud}\n请求：{request}\n请求头：{headers}" | "Message Desk, connection test, {time}\nPage: {origin}\nProxy: {host}\nCloud: {cloud}\nRequest: {request}\nHeaders: {headers}";
}
