// Every operation of every cloud, with the sandbox's own samples: opened, filled in, sent, and really done.

import type { Cloud } from "./cloud.ts";
import { type Desk, type Operation, expect, inBothLanguages, test } from "./desk.ts";

/** Samples that are a success in part. */
const PARTLY: readonly string[] = ["yunxin.batch_send", "tencent.batch_send", "easemob.batch_recall"];
/** Samples that touch several things; every other one touches exactly one. */
const SEVERAL: readonly string[] = [
  "yunxin.batch_send", "tencent.batch_send", "tencent.recall_by_sender", "easemob.send_users", "easemob.delete_roaming_before",
];
/** Acts that are proved by looking, with nothing known but their sample. */
const PROVED: readonly string[] = [
  "yunxin.modify", "yunxin.send", "tencent.modify_c2c", "tencent.modify_group", "tencent.recall_c2c", "tencent.recall_group",
  "tencent.send", "tencent.send_group", "easemob.recall",
];

/** Operations the sandbox has no sample for, and what is typed instead. */
function typed(): Record<string, Record<string, string>> {
  // An hour that is over, as Beijing counts.
  const hour = new Date(Date.now() + 8 * 3600_000 - 26 * 3600_000).toISOString().replace(/\D/g, "").slice(0, 10);
  return { "yunxin.find_chatroom": { room_id: "3601224", sender_id: "admin" }, "easemob.find_hour_file": { time: hour } };
}

inBothLanguages((language) => {
  for (const vendor of ["yunxin", "tencent", "easemob"] as const) {
    test(`everything that ${vendor} offers works`, async ({ desk, cloud, page }) => {
      test.setTimeout(120_000);
      await cloud.practice(page);
      const samples = await cloud.samples(vendor);
      await desk.open(`${vendor}.${Object.keys(samples)[0]!.split(".")[1]}`);
      const offered = await operations(desk);
      expect(offered.toSorted(), "what the page offers and what is tried").toEqual([...Object.keys(samples), ...Object.keys(typed()).filter((id) => id.startsWith(vendor))].toSorted());
      const faults: string[] = [];
      for (const operation of offered) {
        await test.step(operation, async () => {
          // One that fails must not hide the others.
          await works(desk, cloud, operation, language === "zh-CN").catch((error: Error) => faults.push(`${operation}: ${error.message}`));
        });
      }
      expect(faults).toEqual([]);
    });
  }
});

/** Everything the four verbs lead to. */
async function operations({ page }: Desk): Promise<Operation[]> {
  const found = new Set<string>();
  for (const verb of ["modify", "recall", "send", "find"]) {
    await page.locator(`a[data-verb="${verb}"]`).click();
    await expect(page.locator(`a[data-verb="${verb}"]`)).toHaveAttribute("aria-current", "true");
    const links = page.locator(`nav.tabs a, a[data-verb="${verb}"]`);
    for (const href of await links.evaluateAll((all) => all.map((it) => it.getAttribute("href")))) found.add(href!.slice(2));
  }
  return [...found] as Operation[];
}

async function works(desk: Desk, cloud: Cloud, operation: Operation, thoroughly: boolean): Promise<void> {
  const { page } = desk;
  // What one did must not be in the way of the next. Easemob's tokens would go, too: its samples are apart anyway.
  if (!operation.startsWith("easemob.")) await cloud.reset();
  const before = (await cloud.effects()).length;
  await desk.go(operation);
  await expect(desk.form(operation)).toBeVisible();
  const values = typed()[operation];
  if (values) await desk.fill(values);
  else await page.locator("#fill-sample").click();
  await expect(page.getByRole("complementary").locator("pre")).toBeVisible();
  await desk.submit();
  await expect(desk.dialog.or(desk.result)).toBeVisible();
  if (await desk.dialog.isVisible()) await desk.confirm();
  await expect(desk.result).toBeFocused();
  await expect(desk.result).toHaveAttribute("data-verdict", PARTLY.includes(operation) ? "partial" : "accepted");
  const looks = /\.(find|search)/.test(operation);
  if (looks && operation !== "easemob.find_hour_file") await expect(page.locator("tr[data-message]").first()).toBeVisible();
  if (thoroughly && PROVED.includes(operation)) await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
  // The form still stands above its result.
  if (thoroughly) await desk.axe();
  const effects = (await cloud.effects()).slice(before);
  expect(effects.filter((effect) => effect.operation !== operation), "nothing else happened").toEqual([]);
  if (looks) expect(effects).toEqual([]);
  else if (SEVERAL.includes(operation)) expect(effects.length).toBeGreaterThan(1);
  else expect(effects).toHaveLength(1);
}
