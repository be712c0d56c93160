// Starts the desk: imports the generated module and its WebAssembly, named on this script's own element.
// An external file, because a strict content security policy forbids inline scripts. When WebAssembly cannot start, the
// page's static text is replaced by a sentence that says so.
const { js, wasm } = document.getElementById("loader").dataset;
try {
  const { default: start } = await import(new URL(js, document.baseURI).href);
  await start({ module_or_path: new URL(wasm, document.baseURI).href });
  document.getElementById("shell")?.remove();
} catch (fault) {
  document.getElementById("shell-waiting")?.setAttribute("hidden", "");
  document.getElementById("shell-failed")?.removeAttribute("hidden");
  document.getElementById("shell-fault")?.append(String(fault?.message ?? fault));
}
