// Where everything on the stage can be found. Made by the set-up, read by the tests through one environment variable.

export interface Addresses {
  /** The page's origin; the desk lies at `/` and at `/portal/desk/`. */
  page: string;
  /** The same page and the same CORS proxy on Caddy; none where it is not installed. */
  caddy: { page: string; relay: string } | null;
  /** The sandbox itself, for its control routes. The page never calls it. */
  sandbox: string;
  /** The CORS proxy on another origin. */
  relay: string;
  /** The npm package `cors-anywhere`. */
  corsAnywhere: string;
  /** A proxy that answers, but never as it should: see `broken.ts`. */
  broken: string;
  /**
   * The portal that config.json lists. `/?` and an address gives a page with it in a frame that says nothing, `/host/` an empty
   * page with embed.js beside it, `/demo/` the example of deploy/portal.
   */
  portal: string;
  /** The page on https, without a configuration and without a policy of its server's, with a certificate nobody vouches for. */
  secure: string;
  /** Another origin that the server lets frame the desk, and that config.json does not list. */
  stranger: string;
  /** A cloud whose certificate nobody vouches for. */
  untrusted: string;
  /** The server that signs, behind the page's own proxy routes; the page never calls it. */
  signer: string;
  /** A port nobody listens on. */
  closed: string;
  /** The folder with nginx's logs. */
  logs: string;
}

const VARIABLE = "MESSAGE_DESK_STAGE";

export function publish(addresses: Addresses): void {
  process.env[VARIABLE] = JSON.stringify(addresses);
}

export function addresses(): Addresses {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("the stage is not set: run the tests through playwright.config.ts");
  return JSON.parse(text) as Addresses;
}

/** The practice connections, in the order in which config.json lists them. */
export const PRACTICE = { appKey: "practice-app-key-0000000000000001", appSecret: "practice-secret" };

export type RouteName = "same-origin" | "cross-origin" | "cors-anywhere";
export const ROUTES: readonly RouteName[] = ["same-origin", "cross-origin", "cors-anywhere"];
export const ROUTE_TITLES: Record<RouteName, { "zh-CN": string; "en-US": string }> = {
  "same-origin": { "zh-CN": "演练 · 同源代理", "en-US": "Practice · same-origin proxy" },
  "cross-origin": { "zh-CN": "演练 · 跨源 nginx", "en-US": "Practice · cross-origin nginx" },
  "cors-anywhere": { "zh-CN": "演练 · cors-anywhere", "en-US": "Practice · cors-anywhere" },
};

/** config.json of the page. */
export function configuration(at: Addresses): unknown {
  const connection = (route: RouteName, endpoint: string, proxy: string) => ({
    name: { "zh-CN": ROUTE_TITLES[route]["zh-CN"], en: ROUTE_TITLES[route]["en-US"] },
    vendor: "yunxin",
    endpoint,
    app_key: PRACTICE.appKey,
    app_secret: PRACTICE.appSecret,
    proxy,
    practice: true,
  });
  return {
    parents: [at.portal],
    connections: [
      connection("same-origin", "https://sandbox.invalid/yunxin", "proxy/sandbox{path}{query}"),
      connection("cross-origin", "https://sandbox.invalid/yunxin", `${at.relay}/{host}{path}{query}`),
      connection("cors-anywhere", `${at.sandbox}/yunxin`, `${at.corsAnywhere}/{url}`),
    ],
  };
}
