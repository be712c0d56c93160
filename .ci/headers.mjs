// With which headers a build is served: one place for what index.html, headers.json and the templates of deploy/ say.

/** Nothing inline, no eval; 'wasm-unsafe-eval' lets WebAssembly start and nothing else. */
export const policy = (connect) => [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  `connect-src ${["'self'", ...connect].join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-src 'none'",
];

/** What a page can say itself before it is known which proxies it will use. */
export const ANY = ["https:", "http:"];

/** What only a header can say: who may put the page into a frame. */
export const framed = (ancestors) => `frame-ancestors ${ancestors}`;

export const PERMISSIONS = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"].map((it) => `${it}=()`).concat("clipboard-write=(self)").join(", ");

/** For every file. */
export const common = (connect, ancestors) => ({
  "Content-Security-Policy": [...policy(connect), framed(ancestors)].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": PERMISSIONS,
});

/** A file with a fingerprint in its name never changes. */
const LASTING = /-[0-9a-f]{8,16}(_bg)?\.(js|wasm|css)$/;
export const cache = (name) => (LASTING.test(name) ? "public, max-age=31536000, immutable" : "no-cache");

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", wasm: "application/wasm", json: "application/json", txt: "text/plain; charset=utf-8" };
export const type = (name) => TYPES[name.split(".").pop()] ?? "text/plain; charset=utf-8";

/** The origins that a configuration's connections, and those it lets people type in, call from the page, besides its own. */
export function origins(config) {
  const called = (config.connections ?? []).map(({ proxy, endpoint }) => proxy || endpoint || "").concat(config.proxies ?? []);
  return [...new Set(called.flatMap((address) => /^https?:\/\/[^/{?#]+/i.exec(address.trim())?.[0].toLowerCase() ?? []))].sort();
}
