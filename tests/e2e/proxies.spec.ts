// The nginx templates of deploy/nginx as they stand on the stage: what they let through and what they refuse.

import { expect, test } from "@playwright/test";
import { Cloud } from "./cloud.ts";
import { type Addresses, addresses } from "./stage/addresses.ts";

let at: Addresses;
test.beforeAll(() => {
  at = addresses();
});
const PATH = "/yunxin/im/v2/conversations/zhangsan%7C1%7Clisi/messages/1?type=2&description=%E6%92%A4+%2B";
const HEADERS = ["AppKey", "Nonce", "CurTime", "CheckSum", "X-custom-traceid", "Authorization", "Content-Type"];

/** A call as another program makes it: headers a browser would not let a page set are possible. */
async function call(address: string, method: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(address, { method, headers, redirect: "manual" });
}

test("the page comes with a strict policy, the right types and lasting names", async () => {
  const page = await call(`${at.page}/`, "GET");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const name = /data-wasm=["']?\.?\/?([^\s"'>]+)/.exec(await page.text())?.[1];
  const wasm = await call(`${at.page}/${name}`, "GET");
  expect(wasm.headers.get("content-type")).toBe("application/wasm");
  expect(wasm.headers.get("cache-control")).toContain("immutable");
  expect(wasm.headers.get("content-encoding")).toBe("gzip");
});

test("a route on the page's own origin hands on the exact path and strips what a cloud need not know", async () => {
  const cloud = new Cloud();
  await cloud.reset();
  for (const folder of ["", "/portal/desk"]) {
    const answer = await call(`${at.page}${folder}/proxy/sandbox${PATH}`, "DELETE", { Cookie: "portal=1", Origin: at.page, Referer: at.page });
    expect(await answer.json()).toMatchObject({ code: 403 });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
  const requests = await cloud.requests();
  expect(requests.map((request) => `${request.path}?${request.query}`)).toEqual([PATH, PATH]);
});

test("other sites' pages and unknown clouds are refused on the page's own origin", async () => {
  expect((await call(`${at.page}/proxy/sandbox${PATH}`, "DELETE", { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  expect((await call(`${at.page}/proxy/evil.example${PATH}`, "DELETE")).status).toBe(404);
});

test("the proxy on another origin answers a preflight with the headers of all clouds for two hours", async () => {
  const answer = await call(`${at.relay}/sandbox.invalid${PATH}`, "OPTIONS", { Origin: at.page, "Access-Control-Request-Method": "DELETE" });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-origin")).toBe(at.page);
  expect(answer.headers.get("access-control-max-age")).toBe("7200");
  expect(answer.headers.get("access-control-allow-headers")?.split(", ")).toEqual(HEADERS);
});

test("the proxy on another origin refuses strangers, and tells its own errors to the page it knows", async () => {
  for (const headers of [{ Origin: "https://evil.example" }, {}] as Record<string, string>[]) {
    const refused = await call(`${at.relay}/sandbox.invalid${PATH}`, "DELETE", headers);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
  }
  const cloud = new Cloud();
  await cloud.reset();
  await cloud.faults({ kind: "cut_before" }, { kind: "redirect", to: "https://elsewhere.example/" });
  for (const status of [502, 302]) {
    const answer = await call(`${at.relay}/sandbox.invalid${PATH}`, "DELETE", { Origin: at.page });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("access-control-allow-origin")).toBe(at.page);
  }
  expect((await call(`${at.relay}/evil.example${PATH}`, "DELETE", { Origin: at.page })).status).toBe(404);
  // Nothing was repeated by nginx.
  expect(await cloud.requests()).toHaveLength(2);
});
