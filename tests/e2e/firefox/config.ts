// The smoke test in Firefox: the same stage, another browser, none of Playwright's own.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.smoke.ts",
  globalSetup: "../stage/set.ts",
  outputDir: "../artifacts/firefox",
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["../counted.ts", { name: "firefox" }]],
});
