// How fast jobs really go, beside what they were told: `make bench`. Figures are printed; what must hold is asserted.

import { expect, test } from "./desk.ts";
import { ends, make, start, stored, user } from "./running.ts";

test.use({ locale: "zh-CN" });
test.setTimeout(300_000);

interface Metrics {
  TaskDuration: number;
  JSHeapUsedSize: number;
}

for (const [perSecond, count] of [[50, 800], [200, 3_000]] as const) {
  test(`${perSecond} requests a second through the same-origin route`, async ({ desk, cloud, page }) => {
    await cloud.limits({ batch_per_minute: 1_000_000 });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const metrics = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map((it) => [it.name, it.value])) as unknown as Metrics;
    await desk.open();
    const list = Array.from({ length: count }, (_, at) => user((at % 1_200) + 1));
    // Each receiver once: a batch of one is a request of its own.
    const people = [...new Set(list)];
    const bytes = Buffer.from(people.join("\n"));
    await make(desk, "yunxin.batch_send", { list: { name: "list.txt", bytes }, each: 1, pace: { requests: String(perSecond * 60), items: "6000000" } });
    const before = await metrics();
    await start(desk, people.length);
    await ends(desk, "done", { sent: people.length }, 240_000);
    const after = await metrics();
    const arrivals = (await cloud.requests("yunxin.batch_send")).map((it) => it.at).sort((a, b) => a - b);
    expect(new Set(await stored(cloud)).size).toBe(people.length);
    // A twentieth of the minute may leave at once; what follows drips in, and that is the pace it was given.
    const burst = Math.floor((perSecond * 60) / 20);
    const given = (perSecond * 60 - burst + 1) / 60;
    const steady = arrivals.slice(Math.min(burst, arrivals.length - 2));
    const reached = ((steady.length - 1) * 1_000) / (steady.at(-1)! - steady[0]!);
    const busy = ((after.TaskDuration - before.TaskDuration) * 1_000) / people.length;
    console.log(
      `given ${given.toFixed(1)}/s, reached ${reached.toFixed(1)}/s (${((reached / given) * 100).toFixed(1)} %); ` +
        `page busy ${busy.toFixed(2)} ms an item; JS heap ${(after.JSHeapUsedSize / 2 ** 20).toFixed(1)} MiB`,
    );
    expect(reached / given).toBeGreaterThanOrEqual(0.95);
  });
}

test("10,000 items in requests of 100: the time of an item, and what memory is left", async ({ desk, cloud, page }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
  await desk.open();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const people = Array.from({ length: 10_000 }, (_, at) => user(at + 1));
  const bytes = Buffer.from(people.join("\n"));
  await make(desk, "yunxin.batch_send", { list: { name: "list.txt", bytes }, each: 100 });
  const began = Date.now();
  await start(desk, people.length);
  await expect(page.locator("#job")).toHaveAttribute("data-phase", /done|failures/, { timeout: 240_000 });
  const took = Date.now() - began;
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const heap = metrics.find((it) => it.name === "JSHeapUsedSize")!.value / 2 ** 20;
  const rows = await page.locator("tr, li").count();
  console.log(`${people.length} items in ${took} ms (${(took / people.length).toFixed(2)} ms an item, network and confirmation included); JS heap ${heap.toFixed(1)} MiB; ${rows} live rows`);
  expect(heap).toBeLessThanOrEqual(100);
  expect(rows).toBeLessThanOrEqual(200);
});
