// The connection: its form, and that it works; what is said when it does not is in doctor.spec.ts.

import { expect, inBothLanguages, test } from "./desk.ts";
import { PRACTICE, ROUTES, addresses } from "./stage/addresses.ts";
import { FAILED_CALL } from "./watch.ts";

inBothLanguages(() => {
  for (const route of ROUTES) {
    test(`the practice connection through the ${route} proxy is ready`, async ({ desk, cloud, page }) => {
      // From another origin each method is tried where nothing is, and the proxy says so.
      if (route !== "same-origin") desk.watch.expects(FAILED_CALL);
      await desk.connect(route);
      await page.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", "ready");
      if (route === "same-origin") await desk.axe();
      expect(await cloud.effects()).toEqual([]);
    });
  }
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
