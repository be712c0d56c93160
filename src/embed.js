// Message Desk in a portal's frame. Copy this file into the portal; it needs nothing else. Types: deploy/portal/embed.d.ts. Contract: docs/embedding.md.
const NS = "message-desk";
const V = [1, 0];
const HIGHEST = 20000;

const read = (text) => {
  try {
    const said = typeof text === "string" ? JSON.parse(text) : null;
    return said?.ns === NS && said.v?.[0] === V[0] ? said : null;
  } catch {
    return null;
  }
};

// The part of the frame that the window shows, from the frame's top.
const seen = (frame) => {
  const { top, bottom } = frame.getBoundingClientRect();
  const from = Math.max(0, -top);
  return { top: Math.round(from), height: Math.max(0, Math.round(Math.min(innerHeight, bottom) - top - from)) };
};

export function embed(frame, options = {}) {
  const { on = {}, approve, fit = true, leastHeight = 480 } = options;
  if (!frame?.src) throw new TypeError("embed: an iframe with a src is needed");
  const { origin } = new URL(frame.src, document.baseURI);
  const wishes = { locale: options.locale, theme: options.theme, prefill: options.prefill };
  let port, nonce, asked, told;
  let dirty = false;
  // What was asked for before the desk was there: the last of each kind is said once it is.
  let early = {};

  const say = (type, more) => port?.postMessage(JSON.stringify({ ns: NS, v: V, type, ...more }));
  const ask = (type, more) => {
    if (port) say(type, more);
    else early[type] = more;
  };
  const look = () => {
    asked = 0;
    const view = seen(frame);
    const text = JSON.stringify(view);
    if (port && text !== told) say("view", { view });
    told = text;
  };
  const soon = () => (asked ||= requestAnimationFrame(look));

  const answer = (digest) => (yes) => say("approval", { digest, approved: yes === true });
  const take = (said) => {
    if (!said) return;
    if (said.type === "resize" && fit) {
      frame.style.height = `${Math.min(HIGHEST, Math.max(leastHeight, said.height))}px`;
      soon();
    }
    if (said.type === "dirty") dirty = said.dirty === true;
    if (said.type === "approve") {
      const reply = answer(said.digest);
      // Whoever throws, or answers anything but true, has not agreed.
      new Promise((done) => done(approve?.(said))).then(reply, () => reply(false));
    }
    on[said.type]?.(said);
  };

  // The desk greets until it is answered; after a reload it greets anew, with another nonce.
  const hear = ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin) return;
    const said = read(data);
    if (said?.type !== "hello" || said.nonce === nonce) return;
    nonce = said.nonce;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => take(read(data));
    const init = { ns: NS, v: V, type: "init", nonce, ...wishes, approves: Boolean(approve), sandbox: frame.getAttribute("sandbox") };
    if (fit) init.view = seen(frame);
    frame.contentWindow.postMessage(JSON.stringify(init), origin, [channel.port2]);
    wishes.prefill = told = undefined;
    for (const [type, more] of Object.entries(early)) say(type, more);
    early = {};
    // What was typed before a reload is gone.
    if (dirty) take({ ns: NS, v: V, type: "dirty", dirty: false });
  };

  addEventListener("message", hear);
  if (fit) for (const event of ["scroll", "resize"]) addEventListener(event, soon, { capture: true, passive: true });

  const keep = (type) => (value) => {
    wishes[type] = value;
    say(type, { [type]: value });
  };
  return {
    locale: keep("locale"),
    theme: keep("theme"),
    navigate: (to) => ask("navigate", { to }),
    prefill: (operation, values) => ask("prefill", { prefill: { operation, values } }),
    lock: () => say("lock"),
    focus: () => {
      frame.focus();
      ask("focus");
    },
    isDirty: () => dirty,
    remove: () => {
      removeEventListener("message", hear);
      for (const event of ["scroll", "resize"]) removeEventListener(event, soon, { capture: true });
      port?.close();
      port = undefined;
    },
  };
}
