// Compares two builds: bytes on the wire, and the time from navigation to the first usable control.

import { createRequire } from "node:module";
import { cpus } from "node:os";
import { createServer } from "node:http";
import { firstLoad, gzip, kb, sizes, table } from "./first_load.mjs";
import { QUIET, chromium as executablePath } from "./browser.mjs";

const { chromium } = createRequire(new URL("../e2e/package.json", import.meta.url))("@playwright/test");

const RUNS = 9;
const TYPES = {
  html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json",
};
/** As a deployer would write it: one connection to choose. */
const CONFIG = {
  connections: [{ name: "Practice", vendor: "yunxin", endpoint: "https://sandbox.invalid/yunxin", proxy: "proxy/{host}{path}{query}", practice: true }],
};

/** Serves one build from memory, gzipped. */
async function serve(dist) {
  const files = new Map(firstLoad(dist).map(({ name, bytes }) => [`/${name}`, gzip(bytes)]));
  files.set("/config.json", gzip(Buffer.from(JSON.stringify(CONFIG))));
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const name = path === "/" ? "/index.html" : path;
    const body = files.get(name);
    if (!body) return response.writeHead(404).end();
    const type = TYPES[name.split(".").at(-1)];
    response.writeHead(200, { "Content-Type": type, "Content-Encoding": "gzip", "Content-Length": body.length }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${server.address().port}/` };
}

/** Runs in the page before anything else: notes when the first control is there and enabled. */
function watch(selector) {
  const usable = () => [...document.querySelectorAll(selector)].some((it) => !it.disabled && it.checkVisibility());
  const observer = new MutationObserver(() => {
    if (!usable()) return;
    window.usableAt = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

/** Milliseconds from navigation to the first usable control, in a fresh context: nothing is cached. */
async function coldStart(browser, { address, selector, route }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.addInitScript(watch, selector);
  await page.goto(address + route);
  await page.waitForFunction(() => window.usableAt !== undefined, undefined, { polling: 20 });
  const time = await page.evaluate(() => window.usableAt);
  await context.close();
  return time;
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

const [desk, smallest] = process.argv.slice(2);
const [deskSizes, smallestSizes] = [sizes(desk), sizes(smallest)];
console.log(`desk, first load\n${table(deskSizes)}\n\nsmallest Leptos page, first load\n${table(smallestSizes)}\n`);

const controls = "form[data-operation] :is(input, select, textarea, button), main button, main input";
const pages = [
  { name: "desk", selector: controls, route: "#/yunxin.recall", times: [], ...(await serve(desk)) },
  { name: "smallest", selector: "button", route: "", times: [], ...(await serve(smallest)) },
];
const browser = await chromium.launch({ executablePath: executablePath(), args: QUIET });
for (const page of pages) await coldStart(browser, page); // The very first pages of a browser pay for the browser.
for (let run = 0; run < RUNS; run += 1) for (const page of pages) page.times.push(await coldStart(browser, page));
console.log(`cold start to the first usable control, ${RUNS} runs each in turn, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0].model}`);
await browser.close();
for (const page of pages) {
  page.server.close();
  const [low, high] = [Math.min(...page.times), Math.max(...page.times)];
  console.log(`  ${page.name.padEnd(9)} median ${median(page.times).toFixed(0)} ms   (${low.toFixed(0)} to ${high.toFixed(0)})`);
}
const [ours, theirs] = pages.map((page) => median(page.times));
console.log(`\nbench: desk ${kb(deskSizes.gzip)} gzip, usable after ${ours.toFixed(0)} ms; smallest ${kb(smallestSizes.gzip)} gzip, ${theirs.toFixed(0)} ms; ${(ours / theirs).toFixed(2)} times the smallest (goal: 2)`);
