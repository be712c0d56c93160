// The desk in a frame of a portal: it works in the one that is listed, and no other gets it.

import { RECALL } from "./acts.ts";
import { expect, test } from "@playwright/test";
import { Cloud } from "./cloud.ts";
import { addresses } from "./stage/addresses.ts";

const framed = (portal: string) => `${portal}/?${encodeURIComponent(`${addresses().page}/#/yunxin.recall`)}`;

test("a page of an unlisted origin gets an empty frame", async ({ page }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(framed(addresses().portal.replace("127.0.0.1", "localhost")));
  await expect.poll(() => said.join("\n")).toContain("frame-ancestors");
  await expect(page.frameLocator("iframe").locator("#page-title")).toHaveCount(0);
});

test("in the listed portal's frame the desk opens and a recall goes through", async ({ page }) => {
  const cloud = new Cloud();
  await cloud.reset();
  await page.goto(framed(addresses().portal));
  const desk = page.frameLocator("iframe");
  await expect(desk.locator("section.where")).toContainText(/演练|Practice/);
  const form = desk.locator('form[data-operation="yunxin.recall"]');
  for (const [name, value] of Object.entries(await RECALL.values(cloud))) {
    const control = form.locator(`[name="${name}"]`);
    const kind = await control.first().evaluate((it) => (it as HTMLInputElement).type);
    if (kind === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind.startsWith("select")) await control.selectOption(value);
    else await control.fill(value);
  }
  await form.locator('button[type="submit"]').click();
  await expect(desk.locator("#confirm-go")).toHaveAttribute("aria-disabled", "false");
  await desk.locator("#confirm-go").click();
  await desk.locator("#leave-now").click();
  await expect(desk.locator("#result")).toHaveAttribute("data-verdict", "accepted");
  expect((await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`)).toEqual(RECALL.effects);
});
