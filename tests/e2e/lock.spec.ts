// The lock and what is under way: it waits for that, says so, and loses nothing that nobody may have seen.

import { RECALL } from "./acts.ts";
import type { Cloud } from "./cloud.ts";
import { Desk, expect, test } from "./desk.ts";
import { overheard } from "./canary.ts";
import { ends, make, people, start, stored } from "./running.ts";
import { PRACTICE, addresses, configuration } from "./stage/addresses.ts";
import { QUIET, chromium } from "./stage/chromium.ts";
import { Watch } from "./watch.ts";

const SEND = "yunxin.batch_send";
const TYPED = { app_secret: PRACTICE.appSecret };
const MINUTE = 60_000;

test.use({ locale: "zh-CN" });

/** Confirms a recall with a connection that was typed in, and lets it leave. */
async function recall(desk: Desk, cloud: Cloud): Promise<void> {
  await desk.go(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await desk.dialog.locator("#confirm-count").fill("1");
  await desk.confirm();
}

async function press(desk: Desk): Promise<void> {
  await desk.scene.locator("#lock").click();
  await expect(desk.scene.locator("#lock")).toContainText("再按一次");
  await desk.scene.locator("#lock").click();
}

/** Does something that ends with the desk begun anew. */
async function locks(desk: Desk, how: () => Promise<unknown>): Promise<void> {
  await desk.scene.evaluate(() => ((window as any).before = true));
  await how();
  await desk.scene.waitForFunction(() => !(window as any).before && document.querySelector("#page-title"), undefined, { timeout: 20_000 });
}

/** What is said of acts that ended before the lock. */
const kept = (desk: Desk) => desk.scene.locator("#kept-results");

test("an act that ends while the lock waits for it is said afterwards, in both languages, until it is put away", async ({ desk, cloud, page }) => {
  await desk.connectByHand(TYPED);
  await cloud.faults({ on: RECALL.operation, kind: "delay", ms: 1_500 });
  await recall(desk, cloud);
  await locks(desk, async () => {
    await press(desk);
    await expect(page.locator(".lock-notice")).toContainText("存成文件之后才锁定");
  });
  await expect(page.locator("section.where")).not.toContainText("生产环境");
  await expect(kept(desk).locator("li")).toHaveCount(1);
  await expect(kept(desk)).toContainText("没有人看到");
  await expect(kept(desk).locator("li")).toContainText(/撤回消息.* · 1 条 · 已受理（未核实）/);
  await desk.axe();
  await page.locator("#switch-language").click();
  await expect(kept(desk).locator("li")).toContainText("Accepted (not verified)");
  await page.locator("#switch-language").click();
  // Not yet put away, it is kept over another lock, too.
  await locks(desk, async () => {
    await desk.connectByHand(TYPED);
    await press(desk);
  });
  await expect(kept(desk).locator("li")).toHaveCount(1);
  await page.locator("#kept-away").click();
  await expect(kept(desk)).toHaveCount(0);
  await page.reload();
  await expect(page.locator("section.where.practice")).toBeVisible();
  await page.waitForTimeout(900);
  await expect(kept(desk)).toHaveCount(0);
  expect(await page.evaluate(() => history.state)).toBeNull();
  expect((await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`)).toEqual(RECALL.effects);
});

test("what nobody has seen goes along to other places, survives a reload, and is gone once it is put away", async ({ desk, cloud, page }) => {
  await desk.connectByHand(TYPED);
  await recall(desk, cloud);
  await desk.concludes("accepted");
  await locks(desk, async () => await press(desk));
  // Before the part that says it has come.
  await page.evaluate(() => (location.hash = "#/jobs"));
  await expect(kept(desk).locator("li")).toHaveCount(1);
  await page.reload();
  await expect(kept(desk).locator("li")).toHaveCount(1);
  await page.locator("#kept-away").click();
  // No page is loaded: there is nothing to wait for but the place.
      await page.goBack({ waitUntil: "commit" });
  await expect(page.locator("#page-title")).toBeVisible();
  await page.reload();
  await page.waitForTimeout(900);
  await expect(page.locator("#page-title")).toBeVisible();
  await expect(kept(desk)).toHaveCount(0);
});

test("a portal's lock right after an act ended loses no result, and an unknown one is called unknown", async ({ desk: alone, cloud, page }) => {
  alone.watch.expects(/Failed to load resource/);
  const desk = await overheard(alone, RECALL.operation);
  await cloud.faults({ on: RECALL.operation, kind: "cut_after" });
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await desk.confirm();
  await expect(desk.result).toHaveAttribute("data-verdict", "unknown");
  await locks(desk, async () => await page.evaluate(() => (window as any).desk.lock()));
  await expect(kept(desk).locator("li")).toContainText("结果未知");
});

test("what came while nobody was there is said after the idle lock; what somebody has seen is not said again", async ({ desk, cloud, page }) => {
  await page.clock.install();
  await desk.connectByHand(TYPED);
  await recall(desk, cloud);
  await desk.concludes("accepted");
  await locks(desk, async () => await page.clock.fastForward(16 * MINUTE));
  await page.clock.runFor(1_000);
  await expect(kept(desk).locator("li")).toContainText("已受理（未核实）");
  await page.locator("#kept-away").click();
  await page.clock.setSystemTime(Date.now());
  await cloud.reset();
  await desk.connectByHand(TYPED);
  await recall(desk, cloud);
  await desk.concludes("accepted");
  await page.clock.runFor(11_000);
  await page.mouse.move(100, 100);
  await locks(desk, async () => await press(desk));
  await page.clock.runFor(1_000);
  await expect(page.locator("section.where")).not.toContainText("生产环境");
  await expect(kept(desk)).toHaveCount(0);
});

test("an idle desk waits while a job runs, says so, and locks by itself when it has ended", async ({ desk, cloud, page }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), idle_lock: 1 } }));
  await page.clock.install();
  await desk.connectByHand(TYPED);
  await make(desk, SEND, { list: people(4).join("\n"), each: 2 });
  // A job keeps its own time: only the page's clock is moved while its first request is on its way, and with it that one's deadline.
  await cloud.faults({ on: SEND, kind: "delay", ms: 6_000 });
  await start(desk, 4);
  await locks(desk, async () => {
    await page.clock.fastForward(70_000);
    await expect(page.locator(".lock-notice")).toContainText("存成文件之后才锁定");
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "4");
  });
  await expect(page.locator("section.where")).not.toContainText("生产环境");
  expect((await stored(cloud)).sort(), "the job ended first").toEqual(people(4));
  const job = page.locator("#job");
  for (const name of ["planned", "sending"]) await expect(job, "and what became of it was kept").toHaveAttribute(`data-${name}`, "0");
  await expect(job).toHaveAttribute("data-phase", /^(done|failures)$/);
});

test("an idle desk whose results are in no file yet waits for that file, says so, and locks then", async ({ desk, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => { throw new DOMException("blocked", "SecurityError"); } });
  });
  await page.clock.install();
  await desk.connectByHand(TYPED);
  await make(desk, SEND, { list: people(6).join("\n"), each: 3 });
  await start(desk, 6);
  await ends(desk, "done", { sent: 6 });
  await page.clock.fastForward(16 * MINUTE);
  const notice = page.locator(".lock-notice");
  await expect(notice).toContainText("任务的结果只在本页里");
  await page.clock.fastForward(16 * MINUTE);
  await expect(page.locator("section.where"), "as long as it takes").toContainText("生产环境");
  await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
  await expect(notice, "somebody is there").toHaveText("");
  await locks(desk, async () => await page.clock.fastForward(16 * MINUTE));
  await page.clock.runFor(1_000);
  await expect(page.locator("section.where")).not.toContainText("生产环境");
});

test("who leaves the page and goes back to it finds it without the secret, though the browser had kept it as it was", async ({ browser, cloud: _ }) => {
  // A browser under test keeps no page that was left unless it is told to.
  const own = await browser.browserType().launch({ executablePath: chromium(), args: QUIET, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const opened = async () => {
      const page = await own.newPage({ locale: "zh-CN" });
      const desk = new Desk(page, new Watch(), "zh-CN");
      await desk.open("connection");
      return desk;
    };
    const leaves = async ({ page }: Desk) => {
      await page.evaluate(() => {
        (window as any).before = true;
        addEventListener("pageshow", (event) => event.persisted && sessionStorage.setItem("kept", "yes"));
      });
      await page.goto(`${addresses().portal}/host/`);
      // No page is loaded: there is nothing to wait for but the place.
      await page.goBack({ waitUntil: "commit" });
      // The page may be on its way to begin anew.
      const kept = () => page.evaluate(() => sessionStorage.getItem("kept")).catch(() => null);
      await expect.poll(kept, "the browser had kept the page").toBe("yes");
    };
    // Without a secret there is nothing to forget: the page stays as it was.
    const without = await opened();
    await leaves(without);
    await without.page.waitForTimeout(1_000);
    expect(await without.page.evaluate(() => (window as any).before)).toBe(true);
    const desk = await opened();
    await desk.connectByHand(TYPED);
    await leaves(desk);
    await desk.page.waitForFunction(() => !(window as any).before && document.querySelector("#page-title"));
    await expect(desk.control("app_secret")).toHaveValue("");
    await expect(desk.page.locator("section.where")).not.toContainText("生产环境");
  } finally {
    await own.close();
  }
});
