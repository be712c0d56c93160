// Somebody who has just cloned the project: the sandbox's own practice configuration, as `make run` serves it.

import { expect, inBothLanguages, test } from "./desk.ts";

inBothLanguages((language) => {
  test.beforeEach(async ({ cloud, page }) => {
    await cloud.practice(page);
  });

  const SAMPLES = [
    ["yunxin.recall", "removed", "accepted"],
    ["yunxin.modify", "modified", "accepted"],
    ["yunxin.batch_send", "stored", "partial"],
  ] as const;
  for (const [operation, change, verdict] of SAMPLES) {
    test(`one press fills in a sample of ${operation}, and the sandbox carries it out`, async ({ desk, cloud, page }) => {
      await desk.open(operation);
      await page.locator("#fill-sample").click();
      const panel = page.getByRole("complementary");
      await expect(panel.locator("pre")).toBeVisible();
      await desk.axe();
      await desk.submit();
      if (operation !== "yunxin.modify") await desk.confirm();
      await desk.concludes(verdict);
      expect((await cloud.effects()).map((effect) => effect.change)).toContain(change);
    });
  }

  test("the first page says where one is and what to do", async ({ desk, page }) => {
    await desk.open();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("section.where")).toContainText(language === "zh-CN" ? "演练环境" : "Practice");
    await expect(page.locator("section.where")).toContainText(language === "zh-CN" ? "不会有人收到" : "Nobody gets");
  });
});
