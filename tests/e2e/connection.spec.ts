// The connection: its form, and the test that says in one sentence what has to change.

import { expect, inBothLanguages, test } from "./desk.ts";
import { type Addresses, PRACTICE, ROUTES, addresses } from "./stage/addresses.ts";
import { CORS_REFUSAL, FAILED_CALL } from "./watch.ts";

interface Verdict {
  title: string;
  /** What is wrong with the connection. */
  values(at: Addresses): Record<string, string>;
  finding: string;
  zh: string;
  en: string;
  /** What the browser says about it. */
  complains?: RegExp[];
}

const VERDICTS: Verdict[] = [
  {
    title: "a proxy nobody listens at cannot be reached",
    values: (at) => ({ proxy: `${at.closed}/{host}{path}{query}` }),
    finding: "unreachable", zh: "连不上", en: "cannot be reached", complains: [FAILED_CALL],
  },
  {
    title: "a proxy that does not allow this page refuses it, and the origin to allow is named",
    values: (at) => ({ proxy: `${at.broken}/403-silent/{host}{path}{query}` }),
    finding: "proxy_refuses_page", zh: "127.0.0.1", en: "127.0.0.1", complains: [FAILED_CALL, CORS_REFUSAL],
  },
  {
    title: "a proxy that answers 403 refuses the request",
    values: (at) => ({ proxy: `${at.broken}/403/{host}{path}{query}` }),
    finding: "proxy_refused", zh: "HTTP 403", en: "HTTP 403", complains: [FAILED_CALL],
  },
  {
    title: "a route the proxy does not know is refused with 404",
    values: () => ({ proxy: "proxy/nobody{path}{query}" }),
    finding: "proxy_refused", zh: "HTTP 404", en: "HTTP 404", complains: [FAILED_CALL],
  },
  {
    title: "a proxy that redirects is not followed",
    values: (at) => ({ proxy: `${at.broken}/redirect/{host}{path}{query}` }),
    finding: "redirected", zh: "转到别的地址", en: "redirects elsewhere",
  },
  {
    title: "a login page is not an answer of the cloud's",
    values: (at) => ({ proxy: `${at.broken}/login/{host}{path}{query}` }),
    finding: "unreadable", zh: "登录页", en: "login page",
  },
  {
    title: "a gateway that cannot reach the cloud says so",
    values: (at) => ({ proxy: `${at.broken}/502/{host}{path}{query}` }),
    finding: "gateway", zh: "HTTP 502", en: "HTTP 502", complains: [FAILED_CALL],
  },
  {
    title: "cors-anywhere that cannot reach the cloud says so",
    values: (at) => ({ endpoint: `${at.closed}/yunxin`, proxy: `${at.corsAnywhere}/{url}` }),
    finding: "gateway", zh: "代理连不上云服务", en: "cannot reach the cloud", complains: [FAILED_CALL],
  },
  {
    title: "a key this region does not know is told apart from a wrong secret",
    values: () => ({ app_key: "0123456789abcdef0123456789abcdef" }),
    finding: "key_unknown", zh: "不认识此 AppKey", en: "does not know the AppKey",
  },
  {
    title: "a wrong secret is a refused signature",
    values: () => ({ app_secret: "not-the-secret" }),
    finding: "signature_refused", zh: "签名被拒绝", en: "signature is refused",
  },
  {
    title: "an app without IM is refused with the cloud's reason",
    values: () => ({ app_key: "practice-app-key-0000000000000003", app_secret: "practice-secret-3" }),
    finding: "refused", zh: "101301", en: "101301",
  },
];

test.describe("the test's verdicts, in both languages", () => {
  test.use({ locale: "zh-CN" });

  for (const { title, values, finding, zh, en, complains } of VERDICTS) {
    test(title, async ({ desk, page }) => {
      desk.watch.expects(...(complains ?? []));
      await desk.typeConnection(values(addresses()));
      await page.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", finding);
      await expect(desk.finding).toContainText(zh);
      if (finding === "proxy_refuses_page") await expect(desk.finding).toContainText(addresses().page);
      await page.getByRole("button", { name: desk.words.other }).click();
      await expect(desk.finding).toContainText(en);
    });
  }
});

inBothLanguages(() => {
  for (const route of ROUTES) {
    test(`the practice connection through the ${route} proxy is ready`, async ({ desk, cloud, page }) => {
      await desk.connect(route);
      await page.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", "ready");
      if (route === "same-origin") await desk.axe();
      expect(await cloud.effects()).toEqual([]);
    });
  }

  test("a computer whose clock is ten minutes off is told by how much", async ({ desk, page }) => {
    await page.clock.install({ time: Date.now() - 600_000 });
    await desk.typeConnection();
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "clock_off");
    await expect(desk.finding).toContainText(/\b(59|60)\d\b/);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("a newcomer can press Test at once: the connection in use is the one that is tested", async ({ desk, page }) => {
    await desk.open("connection");
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
  });

  test("a slow config.json takes neither the text nor the focus away from who is typing already", async ({ desk, page }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/config.json", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${addresses().page}/#/connection`);
    await desk.control("app_key").pressSequentially("0123");
    release();
    await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
    await page.keyboard.type("4567");
    await expect(desk.control("app_key")).toHaveValue("01234567");
  });

  test("no answer within fifteen seconds is said", async ({ desk, page }) => {
    await page.clock.install();
    await desk.typeConnection({ proxy: `${addresses().broken}/hang/{host}{path}{query}` });
    const sent = page.waitForRequest(/\/hang\//);
    await page.locator("#test-connection").click();
    await sent;
    await page.clock.fastForward(16_000);
    await expect(desk.finding).toHaveAttribute("data-finding", "timed_out");
  });

  test("offline is said without a call", async ({ desk, page, context }) => {
    // What the page fetches in its idle moments does not arrive either, and is not spoken of before it is needed.
    desk.watch.expects(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await desk.typeConnection();
    // The page's own parts arrive first: without a network they could not.
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "offline");
    await context.setOffline(false);
  });

  test("a connection that is not complete shows every problem at its field, and nothing is called", async ({ desk, page }) => {
    await desk.typeConnection({ endpoint: "open.yunxinapi.com", app_key: "", app_secret: "", proxy: "https://cors-anywhere.herokuapp.com/{url}" });
    await page.keyboard.press("Tab");
    // The page's own parts may come at any time.
    const called = () => desk.watch.requested.filter(({ url }) => !url.endsWith(".wasm")).length;
    const before = called();
    await desk.submit();
    for (const rule of ["ENDPOINT", "Y-SIG-5", "PROXY"]) await expect(desk.problem(rule).first()).toBeVisible();
    await expect(desk.problem("PROXY")).toContainText("公共代理");
    expect(called()).toBe(before);
    await desk.axe();
  });

  test("after a press that finds problems the focus is where they are told", async ({ desk, page }) => {
    await desk.open("connection");
    await desk.fill({ endpoint: "", app_key: "" });
    await page.keyboard.press("Tab");
    for (const button of [desk.form().locator('button[type="submit"]'), page.locator("#test-connection")]) {
      await button.click();
      await expect.poll(() => page.evaluate(() => {
        const at = document.activeElement!;
        return at.getAttribute("aria-invalid") === "true" || /接口地址/.test(at.textContent ?? "");
      })).toBe(true);
    }
  });

  test("a region fills in the documented address", async ({ desk, page }) => {
    await desk.open("connection");
    await page.getByLabel("区域").selectOption({ label: "海外（主）" });
    await expect(desk.control("endpoint")).toHaveValue("https://open-sg.yunxinapi.com");
    await desk.fill({ endpoint: "https://im.corp.example:8443" });
    await expect(page.getByLabel("区域").locator("option:checked")).toHaveText("其他（自己填写）");
  });

  test("where requests go stands above every page", async ({ desk, page }) => {
    const { relay } = addresses();
    await desk.connectByHand({ proxy: `${relay}/sandbox.invalid{path}{query}`, app_key: ` ${PRACTICE.appKey}\n` });
    const band = page.getByRole("region", { name: "当前连接" });
    for (const place of ["yunxin.recall", "record", "connection"]) {
      await desk.go(place);
      await expect(band).toContainText("生产环境");
      await expect(band).toContainText("sandbox.invalid");
      await expect(band).toContainText(new URL(relay).host);
    }
  });
});
