// Connections whose secret never reaches the browser: the proxy signs, and wants to know for whom.

import type { Page } from "@playwright/test";
import { type Desk, type Operation, expect, test } from "./desk.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";
import { MEMBER, scripting } from "./stage/signing.ts";
import { FAILED_CALL } from "./watch.ts";

const VENDORS = ["yunxin", "tencent", "easemob"] as const;
type Vendor = (typeof VENDORS)[number];
/** A recall by its sample: what it needs, and that it is looked up afterwards. */
const RECALLS: Record<Vendor, Operation> = { yunxin: "yunxin.recall", tencent: "tencent.recall_c2c", easemob: "easemob.recall" };
/** Secrets of the practice clouds, and what proves an app. */
const SECRETS = [PRACTICE.appSecret, "practice-secret-key", "practice-secret-0001", "practice-client-id-0001"];
const PROOF = /checksum|curtime|nonce|appkey|usersig|sdkappid|identifier=|client_secret|client_id|bearer/i;

test.use({ locale: "zh-CN", httpCredentials: { ...MEMBER, send: "unauthorized" } });
test.skip(!scripting(), "nginx's JavaScript module is not installed on this machine");

/** The sandbox's own configuration, with connections that leave signing to the proxy. */
async function signedByProxy(page: Page, secrets: "signed" | "miscopied" = "signed"): Promise<void> {
  await page.route("**/config.json", async (route) => {
    const { connections } = await (await fetch(`${addresses().sandbox}/practice/config.json`)).json();
    const left = connections.map(({ name, vendor, practice, samples, org_name, app_name }: Record<string, string>) => ({
      name, vendor, practice, samples, org_name, app_name, endpoint: "https://sandbox.invalid", signs: "proxy", proxy: `proxy/${vendor}-${secrets}{path}{query}`,
    }));
    await route.fulfill({ contentType: "application/json", body: JSON.stringify({ connections: left }) });
  });
}

/** No call of the page held anything that proves the app, and none asked for a token. */
function nothingProves({ watch }: Desk): void {
  const calls = watch.requested.filter(({ url }) => url.includes("/proxy/"));
  expect(calls.length).toBeGreaterThan(0);
  for (const { url, headers, body } of calls) {
    const { authorization, ...others } = headers;
    expect(authorization ?? "Basic", "only the sign-on").toMatch(/^Basic/);
    for (const [place, text] of Object.entries({ url, headers: JSON.stringify(others), body: body ?? "" })) {
      expect(text, place).not.toMatch(PROOF);
      for (const secret of SECRETS) expect(text, place).not.toContain(secret);
    }
    expect(url).not.toMatch(/\/token$/);
  }
}

for (const vendor of VENDORS) {
  test(`${vendor}: a test, an act and its proof without a secret in the browser`, async ({ desk, cloud, page }) => {
    // Easemob's harmless call asks for a file that is not there.
    if (vendor === "easemob") desk.watch.expects(FAILED_CALL);
    await signedByProxy(page);
    await desk.open(RECALLS[vendor]);
    await page.locator("#fill-sample").click();
    const shown = page.getByRole("complementary").locator("pre");
    await expect(shown).toBeVisible();
    expect(await shown.textContent()).not.toMatch(PROOF);
    await desk.submit();
    await desk.confirm();
    await desk.concludes("accepted");
    expect((await cloud.effects()).map(({ operation, change }) => [operation, change])).toEqual([[RECALLS[vendor], "removed"]]);
    if (vendor !== "yunxin") await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
    await desk.go("connection");
    await expect(desk.form().locator('input[type="password"]:visible')).toHaveCount(0);
    await expect(desk.form().locator('[name="signs"][value="proxy"]')).toBeChecked();
    await desk.axe();
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
    nothingProves(desk);
  });
}

for (const vendor of VENDORS) {
  test(`${vendor}: a secret that was copied wrong on the server is the server's matter, and no field of the page is blamed`, async ({ desk, cloud, page }) => {
    if (vendor === "easemob") desk.watch.expects(FAILED_CALL);
    await signedByProxy(page, "miscopied");
    await desk.open(RECALLS[vendor]);
    await desk.go("connection");
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "proxy_proof");
    await expect(desk.finding).toContainText(`检查代理上的密钥、应用、区域和时钟（${addresses().page}/proxy/${vendor}-miscopied）`);
    await page.getByRole("button", { name: desk.words.other }).click();
    await expect(desk.finding).toContainText("The cloud does not accept what the proxy signs");
    nothingProves(desk);
    expect(await cloud.effects()).toEqual([]);
  });
}

test("a server whose clock is off signs in vain, and this computer's clock is not blamed", async ({ desk, cloud, page }) => {
  await signedByProxy(page);
  await desk.open("connection");
  await cloud.clock(900_000);
  for (const vendor of ["yunxin", "tencent"]) {
    await desk.vendor(vendor);
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "proxy_proof");
    await expect(page.locator("#test-finding")).not.toContainText("这台电脑的时钟");
  }
});

test("a job takes the same way, and cURL commands hold no proof", async ({ desk, cloud, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signedByProxy(page);
  await desk.open("yunxin.batch_send");
  await page.locator("#fill-sample").click();
  await page.getByRole("button", { name: /cURL/ }).click();
  await expect(page.getByText("已复制")).toBeVisible();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  expect(curl).toContain("/proxy/yunxin-signed/im/v2/conversations/messages");
  expect(curl).not.toMatch(PROOF);
  await desk.go("jobs/new/yunxin.batch_send");
  await page.locator("#list-text").fill("zhangsan\nlisi\nwangwu");
  await desk.fill({ sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" });
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await page.locator("#job-start").click();
  await desk.confirm();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", /done|asking/);
  if (await page.locator("#job-approve").isVisible()) await page.locator("#job-approve").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", "done");
  expect((await cloud.effects()).map(({ receiver_id }) => receiver_id).toSorted()).toEqual(["lisi", "wangwu", "zhangsan"]);
  nothingProves(desk);
});

test("typed in by hand: no secret is asked for, one that stands there is named, and the proxy is needed", async ({ desk, page }) => {
  await desk.typeConnection({ proxy: "" });
  await page.locator('[name="signs"][value="proxy"]').check();
  await expect(desk.control("app_secret"), "what stands there is not dropped in silence").toBeVisible();
  await desk.submit();
  expect(await desk.rules()).toEqual(["SIGNS", "SIGNS", "SIGNS"]);
  for (const name of ["app_key", "app_secret"]) await desk.field(name).getByRole("button", { name: "清空" }).first().click();
  for (const name of ["app_key", "app_secret"]) await expect(desk.control(name)).toBeHidden();
  await desk.fill({ endpoint: "https://sandbox.invalid", proxy: "proxy/yunxin-signed{path}{query}" });
  await desk.submit();
  await expect(page.locator("#test-finding")).toContainText("已连接");
  await expect(page.getByRole("region", { name: "当前连接" })).toContainText("由代理签名");
  await page.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "ready");
  nothingProves(desk);
});

test.describe("somebody who is not signed on", () => {
  test.use({ httpCredentials: { ...MEMBER, password: "guessed", send: "unauthorized" } });

  test("is told so, and nothing reaches the cloud", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await signedByProxy(page);
    await desk.open("connection");
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "sign_on");
    await expect(desk.finding).toContainText("HTTP 401");
    expect(await cloud.requests()).toEqual([]);
  });
});
