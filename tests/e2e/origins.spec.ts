// Where the page came from and where it may call: plain http, the place's list of proxies, secrets in its own address.

import { chromium as browserOf } from "@playwright/test";
import { RECALL } from "./acts.ts";
import { expect, test } from "./desk.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";
import { QUIET, lean } from "./stage/chromium.ts";

test.use({ locale: "zh-CN" });

const SIG = `eJw1${"zdkpsVZ-Yxt*".repeat(12)}_`;

for (const [title, place] of [
  ["the query", "?app_secret=hunter2-canary#/yunxin.recall"],
  ["the fragment", "#/yunxin.recall?usersig=hunter2-canary"],
  ["a fragment that is nothing else", "#access_token=hunter2-canary"],
  ["an escaped name", "?%75ser%73ig=hunter2-canary"],
  ["a link within a link", "?next=%2523app%255Fsec%2572et%253Dhunter2-canary"],
  ["the looks of it, under no name at all", `#/connection/${SIG}`],
] as const) {
  test(`a secret in ${title} is wiped, not used, and said`, async ({ desk, page }) => {
    await page.goto(`${addresses().page}/${place}`);
    await expect(page.getByRole("alert")).toContainText("请更换密钥");
    for (const text of ["hunter2-canary", SIG]) {
      expect(page.url()).not.toContain(text);
      expect(await page.content()).not.toContain(text);
      expect(JSON.stringify(desk.watch.requested.slice(1))).not.toContain(text);
    }
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    await page.goBack();
    expect(page.url()).not.toContain("hunter2-canary");
  });
}

test("a proxy that the place does not list cannot be used, and the list is said", async ({ desk, page }) => {
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify({ proxies: ["./proxy/sandbox{path}{query}"], connections: [] }) }));
  await page.goto(`${addresses().page}/#/connection`);
  const values = { endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret };
  for (const proxy of [`${addresses().relay}/{host}{path}{query}`, "proxy/sandbox{path}{query}?x", ""]) {
    await desk.fill({ ...values, proxy });
    await desk.submit();
    await expect(page.locator("#connection-problems")).toContainText("本站只允许这些代理：./proxy/sandbox{path}{query}");
    await page.locator("#test-connection").click();
    await expect(page.locator("#connection-problems")).toContainText("本站只允许");
  }
  expect(desk.watch.requested.filter(({ url }) => url.includes("/im/v2"))).toEqual([]);
  await desk.fill({ ...values, proxy: "./proxy/sandbox{path}{query}" });
  await desk.submit();
  await expect(page.locator("#test-finding")).toContainText("已连接");
});

test("https and this very machine are no degraded mode", async ({ desk, page }) => {
  await desk.open(RECALL.operation);
  await expect(page.locator("#degraded")).toHaveCount(0);
});

test("on plain http from elsewhere the degraded mode is named, and an act, the vault and a job's page still work", async ({ cloud }) => {
  await cloud.reset();
  const { port } = new URL(addresses().page);
  const browser = await browserOf.launch({ executablePath: lean(), args: [...QUIET, `--host-resolver-rules=MAP desk.corp.test 127.0.0.1`] });
  try {
    const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } })).newPage();
    const complaints: string[] = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`http://desk.corp.test:${port}/#/yunxin.recall`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect(page.locator("#degraded")).toContainText("简化模式");
    await expect(page.locator("section.where")).toContainText("演练");
    const form = page.locator("form[data-operation]");
    for (const [name, value] of Object.entries(await RECALL.values(cloud))) {
      const control = form.locator(`[name="${name}"]`).first();
      if ((await control.getAttribute("type")) === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
      else if (await control.evaluate((it) => it.tagName === "SELECT")) await control.selectOption(value);
      else await control.fill(value);
    }
    await form.locator('button[type="submit"]').click();
    await page.waitForFunction(() => document.querySelector("#confirm-go")?.getAttribute("aria-disabled") === "false");
    await page.locator("#confirm-go").click();
    await page.locator("#leave-now").click();
    await expect(page.locator("#result")).toHaveAttribute("data-verdict", "accepted");
    expect((await cloud.effects()).map(({ change }) => change)).toEqual(["removed"]);
    // The vault is RustCrypto and needs nothing that only https brings.
    await page.goto(`http://desk.corp.test:${port}/#/connection`);
    for (const id of ["passphrase", "again"]) await page.locator(`#vault-${id}`).fill("七只羊在雨里数到了第八只");
    await page.locator("#vault-save").click();
    await expect(page.locator("#vault-told")).toContainText("已存入", { timeout: 20_000 });
    await page.goto(`http://desk.corp.test:${port}/#/jobs`);
    await expect(page.locator("#page-title")).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
