// A tab that nobody sees keeps its job's pace, in a browser that slows such tabs down as much as it can.

import { expect, test } from "./desk.ts";
import { hidden } from "./hidden.ts";

test("a job in a hidden tab keeps at least 95 % of its pace while the page's own timers hardly come", async ({ cloud, playwright }) => {
  test.setTimeout(150_000);
  const seconds = 40;
  const { reached, given, ticks } = await hidden(playwright.chromium, cloud, seconds);
  console.log(`hidden: ${reached.toFixed(2)} of ${given.toFixed(2)} a second (${((100 * reached) / given).toFixed(1)} %); ${ticks} of ${seconds * 10} ticks of the page itself`);
  // Else the browser slowed nothing down, and there is nothing to be proud of.
  expect(ticks).toBeLessThanOrEqual(seconds * 1.1);
  expect(reached / given).toBeGreaterThanOrEqual(0.95);
});
