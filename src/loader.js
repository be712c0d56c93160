// Starts the desk: imports the generated module and its WebAssembly, named on this script's own element.
// An external file, because a strict content security policy forbids inline scripts; and no module itself, because a frame without
// an origin may not fetch one, and could not even say so. When WebAssembly cannot start, the page's static text is replaced by a
// sentence that says why.
const { js, wasm } = document.getElementById("loader").dataset;
import(new URL(js, document.baseURI).href)
  .then(({ default: start }) => start({ module_or_path: new URL(wasm, document.baseURI).href }))
  .then(() => document.getElementById("shell")?.remove())
  .catch((fault) => {
    const hidden = (id, is) => document.getElementById(id)?.toggleAttribute("hidden", is);
    hidden("shell-waiting", true);
    hidden(self.origin === "null" ? "shell-sandboxed" : "shell-failed", false);
    document.getElementById("shell-fault")?.append(String(fault?.message ?? fault));
  });
