//! Sentences for what is wrong with `config.json`: the key, what stands there, what should.

use super::words;

words! {
    NOT_JSON = "config.json 不是有效的 JSON：第 {line} 行第 {column} 个字符附近有误，请检查那里的引号、逗号和括号。" | "config.json is not JSON: line {line}, column {column}; check quotes, commas and brackets there";
    TWICE = "config.json 的同一个对象里 {key} 写了两次，第二次在第 {line} 行第 {column} 个字符，而只有一个会生效：请删掉一个。" | "config.json: {key} stands twice in one object, the second time at line {line}, column {column}, and only one of them counts: leave one out";
    UNKNOWN_KEY = "config.json 里没有 {key} 这个键，请删掉或改正；那里可用的键：{known}。" | "config.json: unknown key {key}; known there: {known}";
    WRONG = "config.json 的 {key} 现在是：{found}；应当是：{wanted}。" | "config.json: {key} is {found} and must be {wanted}";
    PROXY = "config.json 的 {key} 现在是：{found}。{says}" | "config.json: {key} is {found}: {says}";
    NOT_NEEDED = "config.json 的 {key} 是密钥，而这个连接由代理签名：请删掉它。" | "config.json: {key} is a secret, and the proxy of this connection signs: leave it out";
    SECRET = "config.json 的 {key} 里有密钥，能打开本页的人都读得到：请删掉它，密钥在页面上输入；只有写着 \"practice\": true 的连接才可以有。" | "config.json: {key} holds a secret, and everybody who can open the page can read it: leave it out, it is typed into the page; only a connection with \"practice\": true may have one";
    WHOLE_FILE = "（整个文件）" | "(the whole file)";
    FOUND_NOTHING = "没有写" | "missing";
    FOUND_LONG_TEXT = "一段很长的内容" | "a long text";
    FOUND_LIST = "一个列表" | "a list";
    FOUND_OBJECT = "一个对象" | "an object";
    TEXT = "文字" | "text";
    FLAG = "true 或 false" | "true or false";
    NAMES = "文字，或只含 zh-CN 和 en 的对象，都不能空白" | "text, or an object with zh-CN and en and nothing else; never blank";
    NAME = "不是空白的文字" | "text that is not blank";
    LANGUAGE = "zh-CN 或 en" | "zh-CN or en";
    VENDOR = "云服务的编号：yunxin、tencent 或 easemob" | "the id of a vendor: yunxin, tencent or easemob";
    TEMPLATE = "代理模板" | "a proxy template";
    LISTED_PROXY = "proxies 里的一个" | "one of proxies";
    SIGNER = "代理模板，不能省：由它签名" | "there: it is what signs";
    GIVEN = "有内容，不能省：locked 之下页面上只能输入密钥" | "there: under locked only secrets can be typed";
    SIGNS = "page 或 proxy" | "page or proxy";
    ID = "一个 ID，或一批 ID 的开头，* 只写在末尾；多个 ID 请分成多项" | "one id, or the beginning of ids with * as its last character; several ids are several entries";
    ORIGIN = "来源，照浏览器的写法，例如 https://portal.corp.example：不带路径和通配符，字母小写，非英文域名写成 xn--，https 不写 443 端口，http 不写 80 端口" | "an origin as browsers write it, such as https://portal.corp.example: no path, no wildcard, small letters, other alphabets as xn--, and no port where it is the usual one (443 for https, 80 for http)";
    MINUTES = "1 到 60 之间的整数（分钟）" | "a whole number of minutes from 1 to 60";
    DAYS = "1 到 365 之间的整数（天）" | "a whole number of days from 1 to 365";
    COUNT = "1 到 10000000 之间的整数" | "a whole number from 1 to 10000000";
    RATE = "1 到 60000 之间的整数" | "a whole number from 1 to 60000";
    NO_SAMPLES = "不写；practice 为 true 时才可以有" | "left out unless practice is true";
}
