// Who may have the desk in a frame at all, by the server's header: the origins that are listed, and no other. What it does there:
// embedding.spec.ts.

import { expect, test } from "@playwright/test";
import { addresses } from "./stage/addresses.ts";

const framed = (portal: string) => `${portal}/?${encodeURIComponent(`${addresses().page}/#/yunxin.recall`)}`;

test("a page of an unlisted origin gets an empty frame", async ({ page }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(framed(addresses().portal.replace("127.0.0.1", "localhost")));
  await expect.poll(() => said.join("\n")).toContain("frame-ancestors");
  await expect(page.frameLocator("iframe").locator("#page-title")).toHaveCount(0);
});

test("the listed portal's frame gets the page, which asks who is around it", async ({ page }) => {
  await page.goto(framed(addresses().portal));
  await expect(page.frameLocator("iframe").locator("#frame-waiting")).toBeVisible();
});
