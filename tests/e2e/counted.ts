// Says, as the very last line, how many tests passed and failed, and how many could not be run here.

import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";

export default class Counted implements Reporter {
  private suite: Suite | undefined;
  private status: FullResult["status"] = "failed";
  private readonly name: string;

  constructor({ name = "e2e" }: { name?: string } = {}) {
    this.name = name;
  }

  onBegin(_: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    this.status = result.status;
  }

  async onExit(): Promise<void> {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? [];
    const passed = outcomes.filter((outcome) => outcome === "expected").length;
    const failed = outcomes.filter((outcome) => outcome === "unexpected" || outcome === "flaky").length;
    const skipped = outcomes.filter((outcome) => outcome === "skipped").length;
    // A run that broke outside the tests is not a good one.
    const broken = this.status !== "passed" && failed === 0 ? 1 : 0;
    process.stdout.write(`${this.name}: ${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ""}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
