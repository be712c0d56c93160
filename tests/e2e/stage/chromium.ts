// Which browser runs the tests, and how it is kept quiet.

import { existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";

export const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first of these programs that is installed. */
function installed(...names: string[]): string | undefined {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** A whole browser: `CHROMIUM`, or the system's, or the first one on the path. */
export function chromium(): string {
  const found = process.env.CHROMIUM || installed("chromium", "chromium-browser", "google-chrome");
  if (!found) throw new Error("no Chromium: install it, or name it in CHROMIUM");
  return found;
}

/**
 * The same browser without its windows and menus, of which a whole one draws several for each page, unseen: a third of the processor's
 * time. It has no tabs to hide and no questions about permissions; where these matter, a whole one is needed.
 */
export function lean(): string {
  return process.env.CHROMIUM || installed("chromium-headless-shell") || chromium();
}

/** Takes away the profile of a browser that has ended. Its children take a moment longer; what they write after that is the system's to clear
 * away, and says nothing of the desk. */
export function clear(profile: string): void {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  } catch (fault) {
    console.log(`left behind: ${String(fault)}`);
  }
}
