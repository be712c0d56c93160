// The test of a connection against set-ups that are really broken: what is found, what is never sent, and what is handed to IT.

import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { RECALL } from "./acts.ts";
import { Desk, expect, test } from "./desk.ts";
import { type Addresses, PRACTICE, addresses } from "./stage/addresses.ts";
import { QUIET, chromium as chromiumPath } from "./stage/chromium.ts";
import { CORS_REFUSAL, FAILED_CALL, Watch } from "./watch.ts";

interface Verdict {
  title: string;
  /** What is wrong with the connection. */
  values(at: Addresses): Record<string, string>;
  finding: string;
  zh: string;
  en: string;
  /** What the browser says about it. */
  complains?: RegExp[];
  /** What is said besides of what cannot be told apart. */
  among?: string;
}

/** The way to the cloud is not good: nothing that proves anything may leave. */
const WAYS: Verdict[] = [
  {
    title: "a proxy nobody listens at cannot be reached",
    values: (at) => ({ proxy: `${at.closed}/{host}{path}{query}` }),
    finding: "unreachable", zh: "连不上", en: "cannot be reached", complains: [FAILED_CALL], among: "分不出",
  },
  {
    title: "a proxy that allows no page refuses this one",
    values: (at) => ({ proxy: `${at.broken}/403-silent/{host}{path}{query}` }),
    finding: "proxy_refuses_page", zh: "加入允许名单", en: "ask IT to allow", complains: [FAILED_CALL, CORS_REFUSAL], among: "分不出",
  },
  {
    title: "a proxy that refuses some headers: they are named, the others are not",
    values: (at) => ({ proxy: `${at.broken}/few-headers/{host}{path}{query}` }),
    finding: "header_refused", zh: "不放行请求头 CheckSum, Content-Type（", en: "refuses the headers CheckSum, Content-Type (", complains: [FAILED_CALL, CORS_REFUSAL],
  },
  {
    title: "a proxy that refuses a method: it is named before an act needs it",
    values: (at) => ({ proxy: `${at.broken}/few-methods/{host}{path}{query}` }),
    finding: "method_refused", zh: "不放行请求方法 DELETE（", en: "refuses the methods DELETE (", complains: [FAILED_CALL, CORS_REFUSAL],
  },
  {
    title: "an error that lacks the CORS headers is told from a refused origin",
    values: (at) => ({ proxy: `${at.broken}/hides/{host}{path}{query}` }),
    finding: "hides_answer", zh: "回答读不到", en: "cannot be read", complains: [FAILED_CALL, CORS_REFUSAL], among: "分不出",
  },
  {
    title: "a proxy the page's own policy does not list",
    values: (at) => ({ proxy: `${at.portal}/{host}{path}{query}` }),
    finding: "policy", zh: "connect-src", en: "connect-src", complains: [/policy violated: connect-src/, /Content Security Policy|CSP|Refused to connect|Fetch API cannot load/],
  },
  {
    title: "a proxy that answers 403 refuses the request",
    values: (at) => ({ proxy: `${at.broken}/403/{host}{path}{query}` }),
    finding: "proxy_refused", zh: "HTTP 403", en: "HTTP 403", complains: [FAILED_CALL],
  },
  {
    title: "a cloud the proxy has no route to",
    values: () => ({ proxy: "proxy/nobody{path}{query}" }),
    finding: "route_unknown", zh: "HTTP 404", en: "HTTP 404", complains: [FAILED_CALL],
  },
  {
    title: "the same on another origin, whose proxy answers readably",
    values: (at) => ({ endpoint: "https://nobody.invalid/yunxin", proxy: `${at.relay}/{host}{path}{query}` }),
    finding: "route_unknown", zh: "nobody.invalid", en: "nobody.invalid", complains: [FAILED_CALL],
  },
  {
    title: "a proxy that redirects is not followed",
    values: (at) => ({ proxy: `${at.broken}/redirect/{host}{path}{query}` }),
    finding: "redirected", zh: "转到别的地址", en: "redirects elsewhere", among: "不告诉页面",
  },
  {
    title: "a login page is not an answer of the cloud's",
    values: (at) => ({ proxy: `${at.broken}/login/{host}{path}{query}` }),
    finding: "login_page", zh: "是一个网页", en: "with a web page", among: "分不出",
  },
  {
    title: "something that answers in plain words is no cloud",
    values: (at) => ({ proxy: `${at.broken}/words/{host}{path}{query}` }),
    finding: "unreadable", zh: "读不懂（HTTP 200）", en: "cannot be read (HTTP 200)",
  },
  {
    title: "an answer that breaks off cannot be read",
    values: (at) => ({ proxy: `${at.broken}/half/{host}{path}{query}` }),
    finding: "unreadable", zh: "没有收完", en: "or broke off", complains: [FAILED_CALL],
  },
  {
    title: "an address in the template that no browser can call: it is named, and nothing leaves",
    values: () => ({ proxy: "https://10.0.0.256/{host}{path}{query}" }),
    finding: "not_built", zh: "请核对代理模板里的地址", en: "check the address in the proxy template",
  },
  {
    title: "a proxy that cannot reach the cloud, on the page's own origin",
    values: () => ({ proxy: "proxy/dead{path}{query}" }),
    finding: "gateway", zh: "HTTP 502", en: "HTTP 502", complains: [FAILED_CALL], among: "分不出",
  },
  {
    title: "and on another",
    values: (at) => ({ endpoint: "https://dead/yunxin", proxy: `${at.relay}/{host}{path}{query}` }),
    finding: "gateway", zh: "dead", en: "dead", complains: [FAILED_CALL],
  },
  {
    title: "cors-anywhere that cannot reach the cloud says so",
    values: (at) => ({ endpoint: `${at.closed}/yunxin`, proxy: `${at.corsAnywhere}/{url}` }),
    finding: "gateway", zh: "代理连不上云服务", en: "cannot reach the cloud", complains: [FAILED_CALL],
  },
];

/** Whether anything left the page that proves who sends. */
function proofs(desk: Desk): string[] {
  const proving = ({ url, headers, body }: (typeof desk.watch.requested)[number]) =>
    (headers.checksum ?? "0") !== "0" || (headers.authorization ?? "0") !== "0" || /usersig=/.test(url) || /client_secret/.test(body ?? "");
  return desk.watch.requested.filter(proving).map(({ url }) => url);
}

async function tests(desk: Desk, finding: string): Promise<void> {
  await desk.page.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", finding);
}

test.describe("in both languages", () => {
  test.use({ locale: "zh-CN" });

  for (const { title, values, finding, zh, en, complains, among } of WAYS) {
    test(title, async ({ desk, cloud, page }) => {
      desk.watch.expects(...(complains ?? []));
      await desk.typeConnection(values(addresses()));
      await tests(desk, finding);
      await expect(desk.finding).toContainText(zh);
      if (among) await expect(page.locator("#test-finding")).toContainText(among);
      if (finding === "proxy_refuses_page") await expect(desk.finding).toContainText(addresses().page);
      expect(proofs(desk), "a proxy that is wrong gets no signature").toEqual([]);
      await page.getByRole("button", { name: desk.words.other }).click();
      await expect(desk.finding).toContainText(en);
      expect(await cloud.effects()).toEqual([]);
    });
  }
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("nginx as it stands refuses a page of an origin it does not know, and the origin to allow is named", async ({ desk, page }) => {
    const { page: known, relay } = addresses();
    const other = known.replace("127.0.0.1", "localhost");
    desk.watch.expects(FAILED_CALL, CORS_REFUSAL, /a call to a stranger: http:\/\/localhost/);
    await page.goto(`${other}/#/connection`);
    await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
    await desk.fill({ endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy: `${relay}/{host}{path}{query}` });
    await tests(desk, "proxy_refuses_page");
    await expect(desk.finding).toContainText(other);
    expect(proofs(desk)).toEqual([]);
  });

  test("offline is said without a call", async ({ desk, page, context }) => {
    // What the page fetches in its idle moments does not arrive either, and is not spoken of before it is needed.
    desk.watch.expects(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await desk.typeConnection();
    // The page's own parts arrive first: without a network they could not.
    await page.waitForLoadState("networkidle");
    const before = desk.watch.requested.length;
    await context.setOffline(true);
    await tests(desk, "offline");
    expect(desk.watch.requested.length).toBe(before);
    await context.setOffline(false);
    // Once the network is back, the button beside the sentence is enough.
    await page.getByRole("button", { name: "再测一次" }).click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
  });

  test("no answer within fifteen seconds is said", async ({ desk, page }) => {
    await page.clock.install();
    await desk.typeConnection({ proxy: `${addresses().broken}/hang/{host}{path}{query}` });
    const sent = page.waitForRequest(/\/hang\//);
    await page.locator("#test-connection").click();
    await sent;
    await page.clock.fastForward(16_000);
    await expect(desk.finding).toHaveAttribute("data-finding", "timed_out");
    await expect(page.locator("#test-finding")).toContainText("分不出");
  });

  test("a proxy that hangs up on whoever proves himself is not called unreachable", async ({ desk, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.typeConnection({ proxy: `${addresses().broken}/drops/{host}{path}{query}` });
    await tests(desk, "broke_off");
    await expect(page.locator("#test-finding")).toContainText("分不出");
  });

  test("a proxy that leads to something else, which speaks JSON like a cloud, is found out by its answer to the real question", async ({ desk, cloud }) => {
    await desk.typeConnection({ proxy: `${addresses().broken}/elsewhere/{host}{path}{query}` });
    await tests(desk, "unreadable");
    expect(await cloud.requests()).toEqual([]);
  });

  test("a clock ten minutes off is told by how much, and one two minutes off is mentioned", async ({ desk, page }) => {
    await page.clock.install({ time: Date.now() - 600_000 });
    await desk.typeConnection();
    await tests(desk, "clock_off");
    await expect(desk.finding).toContainText(/\b(59|60)\d\b/);
    await page.clock.setSystemTime(Date.now() + 120_000);
    await tests(desk, "ready");
    await expect(page.locator("#test-finding")).toContainText(/相差 1[12]\d 秒/);
  });

  test("each cloud minds the clock in its own way, and a wrong secret is not blamed on it where the cloud tells them apart", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await page.clock.install();
    await cloud.practice(page);
    await desk.open("connection");
    const note = page.locator("#test-finding .verdict.warn");
    for (const [vendor, values, off, finding] of [
      // A UserSig of a quarter of an hour ago has ended.
      ["tencent", { secret_key: "practice-secret-key" }, -900_000, "clock_off"],
      ["tencent", { secret_key: "another-key" }, 900_000, "signature_refused"],
      // A token knows nothing of this computer's clock.
      ["easemob", { client_secret: "practice-secret-0001" }, 900_000, "ready"],
      ["easemob", { client_secret: "wrong" }, -900_000, "signature_refused"],
    ] as const) {
      await page.clock.setSystemTime(Date.now() + off);
      await desk.vendor(vendor);
      await desk.fill(values);
      await tests(desk, finding);
      if (finding === "clock_off") await expect(desk.finding).toContainText(/相差约 (89|90)\d 秒/);
      else await expect(note).toContainText(/相差 (89|90)\d 秒/);
    }
  });

  test("each step says what came back, IT gets all of it in both languages, and the fix is one press away", async ({ desk, page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    desk.watch.expects(FAILED_CALL);
    await desk.typeConnection({ proxy: `${addresses().closed}/{host}{path}{query}` });
    await tests(desk, "unreachable");
    const steps = page.locator("#test-steps > li");
    const came = await steps.evaluateAll((all) => all.map((it) => `${it.getAttribute("data-step")} ${it.getAttribute("data-came")}`));
    expect(came).toEqual(["online yes", "scheme yes", "unsigned no", "plainly no", "anything no", "private yes"]);
    await desk.axe();
    await page.getByRole("button", { name: "复制给 IT" }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const part of ["连不上", "cannot be reached", new URL(addresses().closed).host, addresses().page, "sandbox.invalid", "AppKey, Nonce, CurTime, CheckSum", "✗ "]) expect(text).toContain(part);
    expect(text).not.toContain(PRACTICE.appSecret);
    expect(text).not.toContain(PRACTICE.appKey);
    await page.getByRole("button", { name: "去改代理模板" }).click();
    await expect(desk.control("proxy")).toBeFocused();
    // What was found about other texts is not shown beside these.
    await desk.fill({ proxy: "./proxy/sandbox{path}{query}" });
    await expect(desk.finding).toHaveCount(0);
    await tests(desk, "ready");
  });

  test("an act that got no answer leads to the reason, for the connection it went through", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.connectByHand({ proxy: `${addresses().closed}/{host}{path}{query}` });
    await desk.go(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await desk.dialog.locator("#confirm-count").fill("1");
    await desk.confirm();
    await desk.concludes("unknown");
    await page.locator("#find-out-why").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "unreachable");
    await expect(page.getByRole("heading", { name: "为什么没成功" })).toBeVisible();
    // Coming back to the page does not test again.
    await desk.go("record");
    await desk.go("connection");
    await expect(desk.finding).toHaveCount(0);
  });

  test("Yunxin: a key this region does not know, a wrong secret, an app without IM, and ready", async ({ desk }) => {
    await desk.typeConnection({ app_key: "0123456789abcdef0123456789abcdef" });
    await tests(desk, "key_unknown");
    for (const [values, finding, says] of [
      [{ app_key: PRACTICE.appKey, app_secret: "not-the-secret" }, "signature_refused", "签名被拒绝"],
      [{ app_key: "practice-app-key-0000000000000003", app_secret: "practice-secret-3" }, "refused", "101301"],
      [{ app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret }, "ready", "可以使用"],
    ] as const) {
      await desk.fill(values);
      await tests(desk, finding);
      await expect(desk.finding).toContainText(says);
    }
  });

  test("an address the cloud does not know: the list in its console, and how long it takes", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await cloud.practice(page);
    await desk.open("connection");
    const clouds = [
      ["yunxin", { app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret }, { kind: "vendor_code", code: 315, msg: "ip limit", times: 2 }],
      ["tencent", { sdkappid: "1400000001", identifier: "administrator", secret_key: "practice-secret-key" }, { kind: "vendor_code", code: 60021, msg: "ip not allowed", times: 2 }],
      ["easemob", { org_name: "practice-org", app_name: "message-desk", app_token: "YWMtpractice" }, { kind: "status", code: 403, content_type: "application/json", body: '{"error":"forbidden_op","error_description":"ip is not in whitelist","timestamp":1}', times: 2 }],
    ] as const;
    for (const [vendor, values, fault] of clouds) {
      await desk.vendor(vendor);
      await desk.fill({ endpoint: `https://sandbox.invalid/${vendor}`, proxy: "./proxy/sandbox{path}{query}", ...values });
      await cloud.faults({ ...fault });
      await tests(desk, "ip_refused");
      await expect(desk.finding).toContainText("10 分钟");
    }
  });

  test("the same texts tested twice and then used cost one token", async ({ desk, cloud }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.typeIn("easemob", { org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "practice-secret-0001" });
    const before = await cloud.tokens();
    await tests(desk, "ready");
    await tests(desk, "ready");
    expect(await cloud.tokens()).toBe(before + 1);
  });
});

test.describe("in a browser of its own", () => {
  async function opened(words: string[], address: string, run: (desk: Desk) => Promise<void>): Promise<void> {
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...QUIET, ...words] });
    try {
      const context = await browser.newContext({ locale: "zh-CN", ignoreHTTPSErrors: true });
      const page = await context.newPage();
      const desk = new Desk(page, await Watch.over(context, page), "zh-CN");
      await page.goto(`${address}/#/connection`);
      await expect(page.locator("#test-connection")).toBeVisible();
      await run(desk);
    } finally {
      await browser.close();
    }
  }

  test("from an https page a cloud or a proxy on plain http is refused before anything leaves", async () => {
    const { secure } = addresses();
    const at = secure.replace("127.0.0.1", "desk.corp.example");
    await opened(["--host-resolver-rules=MAP *.corp.example 127.0.0.1"], at, async (desk) => {
      const values = { app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret };
      await desk.fill({ endpoint: "http://im.corp.example/yunxin", proxy: "", ...values });
      await tests(desk, "mixed_content");
      await expect(desk.finding).toContainText("im.corp.example 是 http");
      await desk.fill({ endpoint: "https://im.corp.example/yunxin", proxy: "http://proxy.corp.example/{host}{path}{query}" });
      await desk.page.locator("#test-connection").click();
      await expect(desk.problem("PROXY")).toBeVisible();
      const called = desk.watch.requested.filter(({ url }) => !url.startsWith(at));
      expect(called).toEqual([]);
    });
  });

  test("a browser that keeps the page out of the local network: the exact words for the frame are given", async () => {
    const { secure, relay } = addresses();
    const at = secure.replace("127.0.0.1", "desk.corp.example");
    const rules = [
      "--host-resolver-rules=MAP desk.corp.example 127.0.0.1",
      `--ip-address-space-overrides=${new URL(secure).host}=public`,
      "--enable-features=LocalNetworkAccessChecks:LocalNetworkAccessChecksWarn/false",
    ];
    await opened(rules, at, async (desk) => {
      const session = await desk.page.context().newCDPSession(desk.page);
      for (const name of ["local-network-access", "local-network", "loopback-network"]) {
        await session.send("Browser.setPermission", { permission: { name }, setting: "denied", origin: at });
      }
      await desk.fill({ endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy: `${relay}/{host}{path}{query}` });
      await tests(desk, "private_network");
      await expect(desk.finding).toContainText('allow="local-network-access"');
      expect(proofs(desk)).toEqual([]);
    });
  });

  test("a frame without allow is kept out of the local network: the words that let it in are given, and they do", async () => {
    const { secure, relay } = addresses();
    const [at, portal] = ["desk.corp.example", "portal.corp.example"].map((host) => secure.replace("127.0.0.1", host)) as [string, string];
    const rules = [
      "--host-resolver-rules=MAP *.corp.example 127.0.0.1",
      `--ip-address-space-overrides=${new URL(secure).host}=public`,
      "--enable-features=LocalNetworkAccessChecks:LocalNetworkAccessChecksWarn/false",
    ];
    await opened(rules, at, async ({ page, watch }) => {
      watch.expects(FAILED_CALL, CORS_REFUSAL, /a call to a stranger/);
      await page.route("**/config.json", (route) => route.fulfill({ json: { parents: [portal] } }));
      const embed = readFileSync(new URL("../../src/embed.js", import.meta.url), "utf8");
      await page.route(`${portal}/embed.js`, (route) => route.fulfill({ contentType: "text/javascript", body: embed }));
      await page.route(`${portal}/host/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Portal</title>" }));
      for (const [allow, permission, finding] of [["clipboard-write", "denied", "private_network"], ["clipboard-write; local-network-access", "prompt", "proxy_refuses_page"]] as const) {
        await page.goto(`${portal}/host/`);
        await page.evaluate(async ([src, allow]) => {
          const frame = Object.assign(document.createElement("iframe"), { title: "desk", src, allow, width: "1000", height: "800" });
          document.body.append(frame);
          const { embed } = await import("/embed.js" as string);
          embed(frame, { fit: false });
        }, [`${at}/index.html#/connection`, allow] as const);
        await expect(page.frameLocator("iframe").locator("#test-connection")).toBeVisible();
        const desk = new Desk(page, watch, "zh-CN", page.frames()[1]!);
        const state = await desk.scene.evaluate(async () => (await navigator.permissions.query({ name: "local-network-access" as PermissionName })).state);
        expect(state, "nobody has refused anything: without allow the frame has, with it somebody is asked").toBe(permission);
        // Nobody can press Allow here. It is not given earlier: what a test gives holds in frames without allow, too.
        if (permission === "prompt") await page.context().grantPermissions(["local-network-access"], { origin: portal });
        await desk.fill({ endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy: `${relay}/{host}{path}{query}` });
        await desk.scene.locator("#test-connection").click();
        await expect(desk.finding).toHaveAttribute("data-finding", finding);
        if (finding === "private_network") await expect(desk.finding).toContainText('allow="local-network-access"');
        expect(proofs(desk)).toEqual([]);
      }
    });
  });
});
