// What an item of a long job costs: `make bench`. Figures are printed; what must hold is asserted.

import { expect, test } from "./desk.ts";
import { make, start, user } from "./running.ts";

test.use({ locale: "zh-CN" });
test.setTimeout(300_000);

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
