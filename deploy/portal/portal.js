// An example of a portal that has the desk in a frame: language, look, height, progress of a job, an audit log, and a second person's consent.
// A real portal sends the audit log to its server, and asks somebody else, signed in elsewhere, for the consent.
import { embed } from "./embed.js";

const by = (id) => document.getElementById(id);
const LOOKS = {
  light: { look: "light" },
  dark: { look: "dark" },
  brand: { look: "light", colours: { accent: "#006b54", "accent-soft": "#e3f5ef" } },
};

const asked = [];
function next() {
  const [first] = asked;
  by("second").hidden = !first;
  if (first) by("second-what").textContent = `${first.request.operation} · ${first.request.count} · ${first.request.account}`;
}
function decide(yes) {
  asked.shift()?.settle(yes);
  next();
}

// How far a job is. What is unknown is no failure: nobody knows whether it happened.
function show({ operation, state, counts }) {
  const { total, waiting, sending, accepted, rejected, unknown, marked } = counts;
  by("job").max = total;
  by("job").value = total - waiting - sending;
  by("job-state").textContent = `${operation} · ${state} · ${accepted + marked} ✓ · ${rejected} ✗ · ${unknown} ? · ${waiting + sending} … / ${total}`;
}

const desk = embed(by("desk"), {
  locale: by("locale").value,
  theme: LOOKS[by("look").value],
  approve: (request) => new Promise((settle) => (asked.push({ request, settle }), next())),
  on: {
    ready: () => (by("state").textContent = "ready"),
    audit: (act) => {
      const line = document.createElement("li");
      line.textContent = JSON.stringify(act);
      by("audit").append(line);
    },
    job: show,
    dirty: ({ dirty }) => (by("dirty").hidden = !dirty),
    error: ({ code, about }) => (by("state").textContent = `error ${code} ${about}`),
  },
});

by("locale").onchange = () => desk.locale(by("locale").value);
by("look").onchange = () => desk.theme(LOOKS[by("look").value]);
by("lock").onclick = () => desk.lock();
by("second-yes").onclick = () => decide(true);
by("second-no").onclick = () => decide(false);
addEventListener("beforeunload", (event) => desk.isDirty() && event.preventDefault());
