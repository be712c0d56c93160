// A page that nobody sees, and one that was asleep: the pace is kept, and nothing is caught up with.

import { expect, test } from "./desk.ts";
import { ends, make, people, start, stored } from "./running.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
});

test("timers slowed down as in a hidden page do not slow the job: at least 95 % of its pace", async ({ desk, cloud, page }) => {
  // What browsers do to a hidden page: its timers come once a second. Its worker's do not.
  await page.addInitScript(() => {
    const plain = window.setTimeout;
    (window as any).slow = () => {
      window.setTimeout = ((then: TimerHandler, wait = 0, ...more: unknown[]) =>
        plain(then, Math.ceil(((wait as number) + 1) / 1_000) * 1_000, ...more)) as typeof window.setTimeout;
    };
  });
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(140).join("\n"), each: 1, pace: { requests: "1200", items: "120000" } });
  // The confirmation wants somebody who sees it; the page is hidden from there on.
  await start(desk, 140);
  await page.evaluate(() => (window as any).slow());
  await ends(desk, "done", { sent: 140 });
  const arrivals = (await cloud.requests("yunxin.batch_send")).map((it) => it.at).sort((a, b) => a - b);
  // A hundredth may go at once; the rest drips in.
  const [burst, perSecond] = [12, 20];
  const took = (arrivals.at(-1)! - arrivals[burst - 1]!) / 1_000;
  const rate = (arrivals.length - burst) / took;
  expect(rate, `${rate.toFixed(1)} of ${perSecond.toFixed(1)} a second`).toBeGreaterThan(perSecond * 0.95);
  expect((await stored(cloud)).sort()).toEqual(people(140));
});

test("a page that was frozen says so, catches up with nothing, and goes on", async ({ desk, cloud, page }) => {
  test.setTimeout(60_000);
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(80).join("\n"), each: 1, pace: { requests: "240", items: "120000" } });
  await start(desk, 80);
  await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await page.waitForTimeout(8_000);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await ends(desk, "done", { sent: 80 }, 45_000);
  expect((await stored(cloud)).sort()).toEqual(people(80));
  const arrivals = (await cloud.requests("yunxin.batch_send")).map((it) => it.at).sort((a, b) => a - b);
  // Never more within any two seconds than the burst and what drips in meanwhile.
  for (const [at, first] of arrivals.entries()) {
    const within = arrivals.slice(at).filter((it) => it - first < 2_000).length;
    expect(within).toBeLessThanOrEqual(2 + 2 * 4 + 1);
  }
});

test("a job goes on by the page's own timers when the worker that keeps time is ended", async ({ desk, cloud, page }) => {
  await page.addInitScript(() => {
    const plain = window.Worker;
    window.Worker = class extends plain {
      constructor(script: string | URL, options?: WorkerOptions) {
        super(script, options);
        if (String(script).includes("ticker")) (window as any).ticker = this;
      }
    };
  });
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(12).join("\n"), each: 1, pace: { requests: "120", items: "120000" } });
  await start(desk, 12);
  await expect(page.locator("#job")).toHaveAttribute("data-sent", "2");
  await page.evaluate(() => (window as any).ticker.terminate());
  await ends(desk, "done", { sent: 12 });
  expect((await stored(cloud)).sort()).toEqual(people(12));
});

for (const allows of [true, false]) {
  test(`the screen is kept on while a job runs and no longer${allows ? "" : "; a browser that refuses is no reason to wait"}`, async ({ desk, cloud, page }) => {
    // Headless browsers have no screen: this one says what it was asked for.
    await page.addInitScript((allows) => {
      const kept = ((window as any).kept = [] as string[]);
      const request = async (kind = "screen") => {
        kept.push(`asked: ${kind}`);
        if (!allows) throw new DOMException("refused", "NotAllowedError");
        const lock = { released: false, release: async () => void (lock.released = kept.push("let go") > 0) };
        return lock;
      };
      Object.defineProperty(navigator, "wakeLock", { value: { request } });
    }, allows);
    const kept = () => page.evaluate(() => (window as any).kept as string[]);
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(12).join("\n"), each: 1, pace: { requests: "590", items: "600000" } });
    expect(await kept(), "nothing runs yet").toEqual([]);
    await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 200, times: 12 });
    await start(desk, 12);
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
    expect(await kept()).toEqual(["asked: screen"]);
    await page.locator("#job-pause").click();
    await ends(desk, "paused", { sending: 0 });
    const once = allows ? ["asked: screen", "let go"] : ["asked: screen"];
    await expect.poll(kept).toEqual(once);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 12 });
    await expect.poll(kept).toEqual([...once, ...once]);
    expect((await stored(cloud)).sort()).toEqual(people(12));
  });
}
