// The desk in a frame of a portal: opened by the one that is listed, refused to any other.

import { type Page, expect, test } from "@playwright/test";
import { PORTAL, addresses } from "./stage/addresses.ts";

// The tokens docs/deploy.md names.
const FRAME = (desk: string) =>
  `<!doctype html><title>Portal</title><iframe src="${desk}" title="desk" width="900" height="700" sandbox="allow-scripts allow-same-origin allow-forms allow-downloads allow-modals" allow="clipboard-write"></iframe>`;

async function portal(page: Page, origin: string, desk: string): Promise<void> {
  await page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: FRAME(desk) }));
  await page.goto(`${origin}/`);
}

test("a page of an unlisted origin gets an empty frame", async ({ page }) => {
  const refusals: string[] = [];
  page.on("console", (message) => refusals.push(message.text()));
  await portal(page, "http://stranger.localhost:9", `${addresses().page}/`);
  await expect.poll(() => refusals.join("\n")).toContain("frame-ancestors");
  await expect(page.frameLocator("iframe").locator("#page-title")).toHaveCount(0);
});

test("the listed portal gets the desk, and the desk its connections", async ({ page }) => {
  await portal(page, PORTAL, `${addresses().page}/#/yunxin.recall`);
  const desk = page.frameLocator("iframe");
  await expect(desk.locator("#page-title")).toBeVisible();
  await expect(desk.locator('form[data-operation="yunxin.recall"]')).toBeVisible();
  await expect(desk.locator("section.where")).toContainText(/演练|Practice/, { timeout: 10_000 });
});
