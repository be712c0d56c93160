// Hands for jobs: making one, starting it, waiting for its end.

import type { Page } from "@playwright/test";
import type { Cloud } from "./cloud.ts";
import { type Desk, expect } from "./desk.ts";

export const user = (number: number) => `user${String(number).padStart(4, "0")}`;
export const people = (count: number) => Array.from({ length: count }, (_, at) => user(at + 1));

export const SHARED = { sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" };
/** As fast as the sandbox lets it. */
export const FAST = { requests: "60000", items: "6000000" };

export interface Making {
  list: string | { name: string; bytes: Buffer };
  shared?: Record<string, string>;
  each?: number;
  canary?: number;
  pace?: { requests: string; items: string };
}

/** Makes a job on the page that makes them, and waits for its own page. */
export async function make(desk: Desk, operation: string, making: Making): Promise<string> {
  const { page } = desk;
  await desk.go(`jobs/new/${operation}`);
  if (typeof making.list === "string") {
    await page.locator("#list-text").fill(making.list);
  } else {
    await page.locator("#list-file").setInputFiles({ name: making.list.name, mimeType: "text/csv", buffer: making.list.bytes });
  }
  await expect(page.locator("#list-rows")).toBeVisible();
  await desk.fill(making.shared ?? SHARED);
  const pace = making.pace ?? FAST;
  await page.locator("#per-minute").fill(pace.requests);
  if (await page.locator("#per-request").count()) {
    await page.locator("#items-per-minute").fill(pace.items);
    if (making.each) await page.locator("#per-request").fill(String(making.each));
  }
  await page.locator("#canary").fill(String(making.canary ?? 0));
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
  return new URL(page.url()).hash;
}

/** Goes back to a job by its address; it is read anew. */
export async function goBack(desk: Desk, place: string): Promise<void> {
  await desk.page.evaluate((hash) => (location.hash = hash), place);
  await expect(desk.page.locator("#job")).toBeVisible();
}

/** Presses a job's button, and types its count into the dialog where that is wanted. */
export async function ask(desk: Desk, count: number, button = "#job-start"): Promise<void> {
  await desk.page.locator(button).click();
  await expect(desk.dialog).toBeVisible();
  const typed = desk.dialog.locator("#confirm-count");
  if (await typed.count()) await typed.fill(String(count));
}

/** Starts a job and confirms it with its count. */
export async function start(desk: Desk, count: number, button = "#job-start"): Promise<void> {
  await ask(desk, count, button);
  await desk.confirm();
}

/** Makes a job of what stands on the page, without a canary and as fast as may be, and starts it. */
export async function quickly(desk: Desk, count: number): Promise<void> {
  const { page } = desk;
  await page.locator("#per-minute").fill(FAST.requests);
  await page.locator("#canary").fill("0");
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
  await start(desk, count);
}

/** The same for a job of edits, which leave as soon as they are confirmed. */
export async function startEdits(desk: Desk, count: number): Promise<void> {
  await ask(desk, count);
  await desk.agree();
}

/** Ends a job for good: the first press lets nothing more leave, the second one is meant. */
export async function stop(desk: Desk): Promise<void> {
  await desk.page.locator("#job-stop").click();
  await expect(desk.page.locator("#job")).toHaveAttribute("data-phase", "paused");
  await expect(desk.page.locator("#job-stop")).toContainText(/再按一次|press again/);
  await desk.page.locator("#job-stop").click();
}

export async function ends(desk: Desk, phase: string, counts: Record<string, number>, timeout = 30_000): Promise<void> {
  const job = desk.page.locator("#job");
  await expect(job).toHaveAttribute("data-phase", phase, { timeout });
  for (const [name, count] of Object.entries(counts)) await expect(job).toHaveAttribute(`data-${name}`, String(count));
}

export const stored = async (cloud: Cloud) => (await cloud.effects()).filter((it) => it.change === "stored").map((it) => it.receiver_id);

/** Counts the presses of a person: a click on anything but a box that is typed into, wherever it lands. */
export async function counted(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    (window as any).presses = [];
    document.addEventListener("click", (click) => {
      const target = (click.target as Element).closest("button, a, input:not([type=text]), select, summary, label");
      if (click.isTrusted && target) (window as any).presses.push(target.id || target.textContent);
    }, true);
  });
  return () => page.evaluate(() => (window as any).presses);
}
