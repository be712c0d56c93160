// The page itself: before it starts, when it cannot start, wherever it lies, in every look and width.

import type { Page } from "@playwright/test";
import { RECALL, SEND, carryOut, done } from "./acts.ts";
import { expect, inBothLanguages, test } from "./desk.ts";
import { addresses } from "./stage/addresses.ts";
import { fits, openEverything } from "./widths.ts";

const PLACES = ["yunxin.modify", "yunxin.recall", "yunxin.batch_send", "paste", "record", "connection", "nonsense"];

inBothLanguages((language) => {
  for (const scheme of ["light", "dark"] as const) {
    test(`no page has an accessibility violation in ${scheme}`, async ({ desk, cloud, page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await desk.open(SEND.operation);
      await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: "lisi\nghost01" });
      await carryOut(desk, SEND);
      await desk.concludes("partial");
      await desk.axe();
      for (const place of PLACES) {
        await desk.go(place);
        await openEverything(page);
        await desk.axe();
        if (scheme === "light" && place.startsWith("yunxin.")) {
          await desk.submit();
          await desk.axe();
          await page.keyboard.press("Escape");
        }
      }
    });
  }

  test("a frame 320 px wide is never scrolled sideways, and every control is inside", async ({ desk, cloud, page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await desk.open(RECALL.operation);
    await desk.fill({ ...(await RECALL.values(cloud)), description: "发错群了" });
    await fits(page);
    await desk.submit();
    await expect(desk.dialog).toBeVisible();
    await fits(page);
    await desk.confirm();
    await desk.concludes("accepted");
    await fits(page);
    await desk.go(SEND.operation);
    await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: "lisi\nghost01" });
    await carryOut(desk, SEND);
    await desk.concludes("partial");
    await fits(page);
    for (const place of PLACES) {
      await desk.go(place);
      await openEverything(page);
      await fits(page);
    }
  });

  test("an unknown address says so and leaves the way open", async ({ desk, page }) => {
    await desk.open("yunxin.nonsense");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(desk.words.notFound);
    await page.getByRole("link", { name: desk.words.operations.recall, exact: true }).click();
    await expect(desk.form("yunxin.recall")).toBeVisible();
  });

  test("the language follows the browser, and can be switched", async ({ desk, page }) => {
    await desk.open();
    await expect(page.locator("html")).toHaveAttribute("lang", language === "zh-CN" ? "zh-CN" : /^en/);
    await page.getByRole("button", { name: desk.words.other }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", language === "zh-CN" ? /^en/ : "zh-CN");
    await expect(page.locator("#page-title")).toBeVisible();
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("there is text in both languages before WebAssembly arrives, and it goes when the desk is there", async ({ page, desk }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/*.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(addresses().page, { waitUntil: "commit" });
    await expect(page.getByText("正在打开，请稍候")).toBeVisible();
    await expect(page.getByText("Opening, one moment")).toBeVisible();
    desk.watch.expects(/preloaded using link preload but not used/);
    release();
    await expect(page.locator("#page-title")).toBeVisible();
    await expect(page.locator("#shell")).toHaveCount(0);
  });

  const FAULTS: [string, (page: Page) => Promise<unknown>][] = [
    ["the file does not arrive", (page) => page.route("**/*.wasm", (route) => route.abort())],
    ["the file arrives broken", (page) => page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body: "\0asm broken" }))],
    ["the generated script is missing", (page) => page.route(/message-desk-\w+\.js$/, (route) => route.fulfill({ status: 404 }))],
    ["a policy forbids it", (page) => page.route(`${addresses().page}/`, async (route) => {
      const response = await route.fetch();
      const policy = response.headers()["content-security-policy"]?.replace("'wasm-unsafe-eval'", "");
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy ?? "" } });
    })],
  ];
  for (const [title, given] of FAULTS) {
    test(`when ${title}, a sentence says what to do`, async ({ page, desk }) => {
      desk.watch.expects(/./);
      await given(page);
      await page.goto(`${addresses().page}/`);
      await expect(page.getByRole("alert")).toContainText("这个浏览器没能启动消息台");
      await expect(page.getByRole("alert")).toContainText("This browser could not start the desk");
      await expect(page.locator("#shell-fault")).not.toBeEmpty();
      await expect(page.getByText("正在打开，请稍候")).toBeHidden();
    });
  }

  test("when a vendor's part does not arrive, it can be tried again", async ({ page, desk }) => {
    desk.watch.expects(/Failed to fetch|ERR_FAILED|404/);
    await page.route(/yunxin-\w+\.wasm$/, (route) => route.abort());
    await page.goto(`${addresses().page}/`);
    await expect(page.getByRole("alert")).toContainText("消息台有一部分没有取到");
    await page.unroute(/yunxin-\w+\.wasm$/);
    // A page of the server's is no part of the desk.
    await page.route(/yunxin-\w+\.wasm$/, (route) => route.fulfill({ status: 404, contentType: "text/html", body: "gone" }));
    await page.locator("#retry").click();
    await expect(page.locator("#retry")).toBeVisible();
    await page.unroute(/yunxin-\w+\.wasm$/);
    await page.locator("#retry").click();
    await expect(page.locator("#page-title")).toBeVisible();
  });

  test("in a folder of a portal everything works the same", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation, "/portal/desk/");
    await desk.fill(await RECALL.values(cloud));
    await carryOut(desk, RECALL);
    await desk.concludes("accepted");
    expect(await done(cloud)).toEqual(RECALL.effects);
    const outside = desk.watch.requested.filter(({ url }) => !url.startsWith(`${addresses().page}/portal/desk/`));
    expect(outside.map(({ url }) => url)).toEqual([]);
    expect(page.url()).toContain("/portal/desk/#/yunxin.recall");
  });

  test("a second visit fetches no WebAssembly anew", async ({ desk, page }) => {
    await desk.open();
    await page.goto("about:blank");
    await desk.open();
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType("resource").filter((it) => it.name.endsWith(".wasm")).map((it) => (it as PerformanceResourceTiming).transferSize),
    );
    expect(fetched.length).toBeGreaterThan(0);
    expect(Math.max(...fetched)).toBe(0);
    expect(desk.watch.said.filter((text) => text.includes("instantiateStreaming"))).toEqual([]);
  });

  test("a server that gives WebAssembly another type does not stop the desk, and it is said where every test would see it", async ({ desk, page }) => {
    desk.watch.expects(/instantiateStreaming/);
    await page.route("**/*_bg.wasm", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
    });
    await desk.open();
    expect(desk.watch.said.filter((text) => text.includes("instantiateStreaming"))).not.toEqual([]);
  });

  test("the look can be chosen against the system's", async ({ desk, page }) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: "dark" });
    await desk.open();
    const dark = await ground();
    const look = page.getByRole("button", { name: /外观/ });
    await look.click();
    await expect(look).toContainText("浅色");
    const light = await ground();
    expect(light).not.toBe(dark);
    await look.click();
    await expect(look).toContainText("深色");
    expect(await ground()).toBe(dark);
    await desk.axe();
  });

  test("with forced colours buttons keep an edge, the focus is seen, and nothing is said by colour alone", async ({ desk, cloud, page }) => {
    await page.emulateMedia({ forcedColors: "active" });
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.axe();
    for (const button of await page.locator("main .button").all()) {
      expect(await button.evaluate((it) => parseFloat(getComputedStyle(it).borderTopWidth)), await button.innerText()).toBeGreaterThan(0);
    }
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe("none");
    await carryOut(desk, RECALL);
    await desk.concludes("accepted");
  });

  test("every stop of the Tab key can be seen", async ({ desk, page }) => {
    await desk.open(RECALL.operation);
    for (let stop = 0; stop < 20; stop += 1) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
        return document.activeElement === document.body || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
      });
      expect(seen, await page.evaluate(() => document.activeElement!.outerHTML.slice(0, 120))).toBe(true);
    }
  });

  test("the skip link leads past the navigation", async ({ desk, page }) => {
    await desk.open(RECALL.operation);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "跳到内容" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("#page-title")).toBeFocused();
    await expect(desk.form("yunxin.recall")).toBeVisible();
  });
});
