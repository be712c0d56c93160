// Pictures of the desk for the README, of the very build under test. UPDATE_SCREENSHOTS=1 writes them into docs/images.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RECALL } from "./acts.ts";
import { expect, inBothLanguages, test } from "./desk.ts";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.UPDATE_SCREENSHOTS ? join(here, "../../docs/images") : join(here, "artifacts/images");

inBothLanguages((language) => {
  test("a picture of the desk, filled in", async ({ desk, cloud, page }) => {
    await page.setViewportSize({ width: 1280, height: 860 });
    await desk.open(RECALL.operation);
    await desk.fill({ ...(await RECALL.values(cloud)), description: language === "zh-CN" ? "发错群了，抱歉" : "Wrong group, sorry" });
    await expect(page.getByRole("complementary").locator("pre")).toBeVisible();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.screenshot({ path: join(folder, `desk-${language === "zh-CN" ? "zh-CN" : "en"}.png`), animations: "disabled" });
  });
});
