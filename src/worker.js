// Runs one of the page's workers: what takes long, in a memory of its own. The build puts the worker's module in the place of
// `module` and its WebAssembly's name into `WASM` (.ci/workers.mjs).
import start, { answer } from "module";

const bytesOf = async (answered) => {
  if (!answered.ok) throw new Error(`${answered.status} ${answered.url}`);
  return answered.arrayBuffer();
};

// One message: what is asked, and the bytes it is about. One back: the bytes of the answer, or the name of a fault.
onmessage = async ({ data: [what, bytes] }) => {
  try {
    await start({ module_or_path: await bytesOf(await fetch(new URL(WASM, self.location.href))) });
  } catch (fault) {
    postMessage([null, `absent: ${fault?.message ?? fault}`]);
    return;
  }
  try {
    const answered = answer(what, bytes);
    postMessage([answered, ""], [answered.buffer]);
  } catch (fault) {
    postMessage([null, typeof fault === "string" ? fault : `broken: ${fault?.message ?? fault}`]);
  }
};
