import { test } from "./desk.ts";
test("gate console", async ({ desk, page }) => { await desk.open(); await page.evaluate(() => console.warn("hm")); });
test("gate csp", async ({ desk, page }) => { await desk.open(); await page.evaluate(() => { const s = document.createElement("style"); s.textContent = "a{}"; document.head.append(s); }); await page.waitForTimeout(200); });
test("gate stranger", async ({ desk, page }) => { await desk.open(); await page.evaluate(() => fetch("https://evil.example/").catch(() => 0)); });
test("gate uncaught", async ({ desk, page }) => { await desk.open(); await page.evaluate(() => { setTimeout(() => { throw new Error("boo"); }); }); await page.waitForTimeout(200); });
test("gate axe", async ({ desk, page }) => { await desk.open(); await page.evaluate(() => document.querySelector("main")!.append(document.createElement("input"))); await desk.axe(); });
