import { defineConfig } from "@playwright/test";
import { QUIET, lean } from "./stage/chromium.ts";

export default defineConfig({
  testDir: ".",
  // `make bench` measures on the same stage.
  testMatch: process.env.BENCH ? "*.bench.ts" : "*.spec.ts",
  globalSetup: "./stage/set.ts",
  outputDir: "artifacts/results",
  // One sandbox for all, which every test resets.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  expect: { timeout: 6_000 },
  reporter: [["list"], ["./counted.ts"]],
  use: {
    browserName: "chromium",
    headless: true,
    screenshot: "only-on-failure",
    viewport: { width: 1280, height: 900 },
    actionTimeout: 6_000,
    navigationTimeout: 10_000,
    timezoneId: "Asia/Shanghai",
    launchOptions: {
      executablePath: lean(),
      args: QUIET,
    },
  },
});
