// The desk in the frame of another site's page, not only another origin's: its storage is the portal's share of it, or none at all
// where the browser keeps nothing. In a whole browser, whose settings are those a person or a company makes.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, chromium as browsers } from "@playwright/test";
import { RECALL } from "./acts.ts";
import { Desk, expect, test } from "./desk.ts";
import { ends, make, people, start, stored } from "./running.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";
import { QUIET, chromium, clear } from "./stage/chromium.ts";
import { Watch } from "./watch.ts";

/** What Chromium keeps of all sites: everything, or nothing. */
const KEEPS = { everything: 1, nothing: 2 } as const;

for (const [keeps, setting] of Object.entries(KEEPS)) {
  test(`in a frame of another site, in a browser that keeps ${keeps}: a recall and a job`, async ({ cloud }) => {
    test.setTimeout(60_000);
    await cloud.limits({ batch_per_minute: 1_000_000 });
    const { secure, sandbox } = addresses();
    const [at, portal] = ["desk.vendor.test", "portal.corp.test"].map((host) => secure.replace("127.0.0.1", host)) as [string, string];
    const profile = mkdtempSync(join(tmpdir(), "message-desk-cross-site-"));
    mkdirSync(join(profile, "Default"));
    writeFileSync(join(profile, "Default/Preferences"), JSON.stringify({ profile: { default_content_setting_values: { cookies: setting } } }));
    // The portal's page comes from no machine at all, so that this one would be somebody else's network to it.
    const args = [...QUIET, "--disable-features=LocalNetworkAccessChecks", "--host-resolver-rules=MAP *.test 127.0.0.1", "--ignore-certificate-errors"];
    const context = await browsers.launchPersistentContext(profile, { executablePath: chromium(), args, locale: "zh-CN", viewport: { width: 1280, height: 900 } });
    try {
      const page = await context.newPage();
      const watch = await Watch.over(context, page);
      watch.expects(/a call to a stranger: https:\/\/(desk\.vendor|portal\.corp)\.test/);
      await context.route("**/config.json", (route) => route.fulfill({ json: { parents: [portal] } }));
      const embed = readFileSync(new URL("../../src/embed.js", import.meta.url), "utf8");
      await context.route(`${portal}/embed.js`, (route) => route.fulfill({ contentType: "text/javascript", body: embed }));
      await context.route(`${portal}/host/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Portal</title>" }));
      await context.route(`${at}/proxy/sandbox/**`, async (route) => {
        const url = route.request().url().replace(`${at}/proxy/sandbox`, sandbox);
        await route.fulfill({ response: await route.fetch({ url }) });
      });
      await page.goto(`${portal}/host/`);
      await page.evaluate(async (src) => {
        const frame = Object.assign(document.createElement("iframe"), { title: "desk", src, width: "1200", height: "800" });
        document.body.append(frame);
        const { embed } = await import("/embed.js" as string);
        embed(frame, { fit: false });
      }, `${at}/index.html#/connection`);
      await expect(page.frameLocator("iframe").locator("#test-connection")).toBeVisible();
      const frame = page.frames()[1]!;
      // A frame has all of a page that these hands use.
      const desk = new Desk(frame as unknown as Page, watch, "zh-CN");
      const own = await frame.evaluate(() => {
        try {
          return typeof localStorage;
        } catch (error) {
          return (error as Error).name;
        }
      });
      expect(own, "what the browser lets a page keep").toBe(keeps === "nothing" ? "SecurityError" : "object");
      await expect(desk.scene.locator("#vault-blocked")).toHaveCount(keeps === "nothing" ? 1 : 0);
      await desk.fill({ endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy: "./proxy/sandbox{path}{query}" });
      await desk.submit();
      await expect(desk.scene.locator("#test-finding")).toContainText(desk.words.connected);

      await desk.go(RECALL.operation);
      await desk.fill(await RECALL.values(cloud));
      await desk.submit();
      // What was typed in counts as production.
      await desk.dialog.locator("#confirm-count").fill("1");
      await desk.confirm();
      await desk.concludes("accepted");
      expect((await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`)).toEqual(RECALL.effects);

      await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 3 });
      await start(desk, 6);
      await ends(desk, "done", { sent: 6 });
      await expect(desk.scene.locator("#job-unsaved")).toHaveCount(keeps === "nothing" ? 1 : 0);
      expect((await stored(cloud)).sort()).toEqual(people(6));
      expect(watch.unexpected()).toEqual([]);
    } finally {
      await context.close();
      clear(profile);
    }
  });
}
