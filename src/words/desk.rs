//! The words of the desk itself: shell, connection, form, confirmation, result.

use super::words;

words! {
    NAME = "消息台" | "Message Desk";
    CONNECTION = "连接" | "Connection";
    ENDPOINT = "接口地址" | "Endpoint";
    ENDPOINT_HINT = "选一个区域，或填写私有化部署的地址" | "Choose a region, or enter the address of a private deployment";
    PROXY = "代理模板" | "Proxy template";
    PROXY_HINT = "可用 {url}、{url:enc}、{host}、{path}、{query}；同源路径如 proxy/{host}{path}{query}" | "Knows {url}, {url:enc}, {host}, {path}, {query}; a same-origin path such as proxy/{host}{path}{query}";
    APP_KEY = "AppKey" | "AppKey";
    APP_SECRET = "AppSecret" | "AppSecret";
}
