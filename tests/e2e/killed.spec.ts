// A tab that is killed at any moment, again and again. The judge is the sandbox: who really got what.

import { readFileSync } from "node:fs";
import type { BrowserType, Page } from "@playwright/test";
import type { Cloud } from "./cloud.ts";
import { Desk, expect, test } from "./desk.ts";
import { SHARED, make, start, user } from "./running.ts";
import { addresses } from "./stage/addresses.ts";
import { QUIET, lean } from "./stage/chromium.ts";
import { Watch } from "./watch.ts";

/** How often a tab is killed, in how many browsers side by side. */
const KILLS = Number(process.env.KILLS ?? 200);
const LANES = 2;
/** Receivers of one job, of one request. */
const [PEOPLE, EACH] = [480, 4];
/** So many requests at most are out or written down when the page dies: nobody else can be unknown. */
const AHEAD = 8;

// Two browsers at work and a cloud that remembers everything: a press may take its time.
test.use({ locale: "zh-CN", actionTimeout: 30_000 });
test.setTimeout(120_000 + KILLS * 6_000);

/** The renderer dies, or the tab is gone without a word. */
async function kill(page: Page, how: number): Promise<void> {
  if (how < 0.5) {
    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    session.send("Page.crash").catch(() => undefined);
    await crashed;
  }
  await page.close();
}

async function reopened(page: Page, place: string): Promise<Desk> {
  const desk = new Desk(page, new Watch(), "zh-CN");
  await page.goto(`${addresses().page}/${place}`);
  // Asked at every frame, so that no kill waits for the next look.
  await page.waitForFunction((notConnected) => {
    const phase = document.querySelector("#job")?.getAttribute("data-phase") ?? "";
    const where = document.querySelector("section.where")?.textContent ?? notConnected;
    return !where.includes(notConnected) && ["paused", "done", "failures", "checked"].includes(phase);
  }, desk.words.notConnected);
  return desk;
}

/** What the result file says of everybody, beside what the sandbox did; how many are unknown. */
async function judge(page: Page, cloud: Cloud, text: string, list: string[]): Promise<number> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
  const lines = readFileSync((await download.path())!, "utf8").trim().split("\r\n").slice(1).map((line) => line.split(","));
  const states = new Map(lines.map((cells) => [cells[0]!, cells[1]!]));
  const effects = (await cloud.effects()).filter((it) => it.change === "stored" && JSON.stringify(it.detail).includes(text));
  const got = new Map<string, number>();
  for (const { receiver_id: receiver } of effects) got.set(receiver, (got.get(receiver) ?? 0) + 1);
  // Who got it is sent or unknown; who did not is unknown, since nothing else is left; nobody got it twice. Compared by hand: with
  // every assertion of a test the next one takes longer, and both lanes wait for it.
  const allowed = (receiver: string) => {
    const state = states.get(receiver);
    return state === "unknown" ? (got.get(receiver) ?? 0) <= 1 : state === "sent" && got.get(receiver) === 1;
  };
  const wrong = [...new Set([...list, ...got.keys()])].filter((receiver) => !list.includes(receiver) || !allowed(receiver));
  expect(wrong.map((receiver) => `${receiver} is ${states.get(receiver)} and got it ${got.get(receiver) ?? 0} times`), text).toEqual([]);
  return [...states.values()].filter((state) => state === "unknown").length;
}

async function lane(browsers: BrowserType, cloud: Cloud, at: number, kills: number): Promise<{ jobs: number; unknown: number }> {
  const list = Array.from({ length: PEOPLE }, (_, index) => user(at * PEOPLE + index + 1));
  const seen = { jobs: 0, unknown: 0 };
  for (let killed = 0; killed < kills; ) {
    const text = `lane ${at} job ${seen.jobs} of ${kills}`;
    // A browser per job: one whose tabs have crashed dozens of times stops answering.
    const browser = await browsers.launch({ executablePath: lean(), args: QUIET });
    const context = await browser.newContext({ locale: "zh-CN" });
    let page = await context.newPage();
    let desk = new Desk(page, new Watch(), "zh-CN");
    await desk.open();
    const place = await make(desk, "yunxin.batch_send", { list: list.join("\n"), each: EACH, shared: { ...SHARED, "message.text": text } });
    await start(desk, PEOPLE);
    for (;;) {
      // Somewhere between the click and half a second of work; never again once the budget is used up.
      if (killed < kills) {
        await page.waitForTimeout(Math.random() * 500);
        await kill(page, Math.random());
        killed += 1;
        page = await context.newPage();
        desk = await reopened(page, place);
      }
      const job = page.locator("#job");
      const phase = await job.getAttribute("data-phase");
      if (phase === "done" || phase === "failures") break;
      if (phase === "checked") await start(desk, PEOPLE);
      if (phase === "paused") await page.locator("#job-resume").click();
      if (killed >= kills) await expect(job).toHaveAttribute("data-phase", /done|failures/, { timeout: 60_000 });
    }
    seen.unknown += await judge(page, cloud, text, list);
    seen.jobs += 1;
    await browser.close();
  }
  return seen;
}

test(`a tab that is killed ${KILLS} times loses nothing and sends nothing twice`, async ({ browser, cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
  await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 15, times: 100_000 });
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, at) => lane(browser.browserType(), cloud, at, Math.ceil(KILLS / LANES))));
  const jobs = lanes.reduce((sum, it) => sum + it.jobs, 0);
  const unknown = lanes.reduce((sum, it) => sum + it.unknown, 0);
  console.log(`${KILLS} kills in ${jobs} jobs: nobody twice, nobody missed, ${unknown} unknown`);
  expect(unknown).toBeLessThanOrEqual(KILLS * AHEAD * EACH);
  // If nothing was ever under way, nothing was killed at work.
  if (KILLS >= 20) expect(unknown).toBeGreaterThan(0);
});
