// Watches a page for what must never happen unnoticed: errors, warnings, violations of the policy, calls to strangers.

import type { BrowserContext, Page } from "@playwright/test";
import { addresses } from "./stage/addresses.ts";

/** A request, as somebody who reads the network sees it. */
export interface Seen {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export class Watch {
  /** What was said on the console, all of it. */
  readonly said: string[] = [];
  /** Every request the page made. */
  readonly requested: Seen[] = [];
  /** All that the browser said of each violation of the policy. */
  readonly violations: string[] = [];
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  static async over(context: BrowserContext, page: Page): Promise<Watch> {
    const watch = new Watch();
    await context.exposeBinding("reportViolation", (_, violation: string, whole: string) => {
      watch.complain(`policy violated: ${violation}`);
      watch.violations.push(whole);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const { blockedURI, documentURI, referrer, sample, sourceFile } = event;
        const whole = JSON.stringify({ blockedURI, documentURI, referrer, sample, sourceFile });
        (window as any).reportViolation(`${event.effectiveDirective} ${blockedURI} ${sourceFile}:${event.lineNumber}`, whole);
      });
    });
    const at = addresses();
    const known = [at.page, at.relay, at.corsAnywhere, at.broken, at.closed, at.caddy?.page, at.caddy?.relay];
    page.on("console", (message) => {
      watch.said.push(message.text());
      if (message.type() === "error" || message.type() === "warning") {
        watch.complain(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => watch.complain(`uncaught: ${error}`));
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("data:") || url.startsWith("about:")) return;
      watch.requested.push({ method: request.method(), url, headers: request.headers(), body: request.postData() });
      if (!known.includes(new URL(url).origin)) watch.complain(`a call to a stranger: ${url}`);
    });
    return watch;
  }

  /** Says beforehand which complaint belongs to the test. */
  expects(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What nobody expected. */
  unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint)));
  }

  private complain(complaint: string): void {
    this.complaints.push(complaint);
  }
}

/** What Chromium itself writes when an answer is an error, or none comes. */
export const FAILED_CALL = /console error: Failed to load resource: /;
/** And when CORS forbids reading it. */
export const CORS_REFUSAL = /console error: Access to fetch at '.*' from origin '.*' has been blocked by CORS policy/;
