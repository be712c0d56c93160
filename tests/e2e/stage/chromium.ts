// Which browser runs the tests, and how it is kept quiet.

import { existsSync } from "node:fs";
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

/** `CHROMIUM`, or the system's, or the first one on the path. */
export function chromium(): string {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const found = folders.flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)));
  const there = found.find((file) => existsSync(file));
  if (!there) throw new Error("no Chromium: install it, or name it in CHROMIUM");
  return there;
}
