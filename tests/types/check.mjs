// The types of embed.js: a portal that uses all of them (host.ts) and the snippets of docs/embedding.md, compiled strictly. Whatever is
// told in the documents' tables has a type with the same members. Prints, as the last line, `types: N passed, N failed`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, "../..");
// Where npm has put the compiler and the types of React and Vue.
const packages = join(repository, "tests/e2e/");
const ts = createRequire(packages)("typescript");

const TYPES = join(repository, "deploy/portal/embed.d.ts");
const document = readFileSync(join(repository, "docs/embedding.md"), "utf8");
const fence = (language) => [...document.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text]) => text);

/** The snippets as files of a portal that has embed.js beside them. */
const portal = join(packages, "portal/");
const snippets = new Map([
  ...fence("js").map((text, at) => [join(portal, `vanilla${at}.js`), text]),
  ...fence("tsx").map((text, at) => [join(portal, `react${at}.tsx`), text]),
  ...fence("vue").map((text, at) => [join(portal, `vue${at}.ts`), text.match(/<script[^>]*>\n([\s\S]*?)<\/script>/)?.[1] ?? ""]),
]);

const options = {
  strict: true, exactOptionalPropertyTypes: true, noEmit: true, allowJs: true, checkJs: true, skipLibCheck: false, types: [],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, jsx: ts.JsxEmit.ReactJSX,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  paths: { vue: [join(packages, "node_modules/@vue/runtime-dom")] },
};
const plain = ts.createCompilerHost(options);
const beside = (file) => (file === join(portal, "embed.d.ts") ? TYPES : file);
const host = {
  ...plain,
  fileExists: (file) => snippets.has(file) || plain.fileExists(beside(file)),
  directoryExists: (folder) => `${folder}/`.startsWith(portal) || plain.directoryExists(folder),
  readFile: (file) => snippets.get(file) ?? plain.readFile(beside(file)),
  getSourceFile: (file, ...more) =>
    snippets.has(file) ? ts.createSourceFile(file, snippets.get(file), ...more) : plain.getSourceFile(beside(file), ...more),
};

const HOST = join(here, "host.ts");
const program = ts.createProgram([TYPES, HOST, ...snippets.keys()], options, host);

/** What the compiler says against these files; what other people's types say against each other is theirs to mend. */
function faults(files) {
  const sources = files.map((file) => program.getSourceFile(file));
  const found = [...program.getOptionsDiagnostics(), ...sources.flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])];
  return found.map(({ file, start, messageText }) => {
    const line = file ? `${file.fileName.slice(repository.length + 1)}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : "";
    return line + ts.flattenDiagnosticMessageText(messageText, " ");
  });
}

/** What a language's snippet is not. */
function snippet(ending) {
  const files = [...snippets.keys()].filter((file) => file.endsWith(ending) && file.includes({ ".js": "vanilla", ".tsx": "react", ".ts": "vue" }[ending]));
  return files.length === 1 && snippets.get(files[0]).includes("embed(") ? faults(files) : [`${files.length} snippets that end with ${ending}`];
}

/** Every frame of the document has what the desk needs. */
function frames() {
  const all = document.match(/<iframe[\s\S]*?>/g) ?? [];
  const wanted = ["title=", 'allow="clipboard-write"', 'sandbox="allow-scripts allow-same-origin allow-forms allow-downloads allow-modals allow-popups"'];
  return [...(all.length < 3 ? [`${all.length} frames`] : []), ...all.flatMap((frame) => wanted.filter((it) => !frame.includes(it)).map((it) => `${frame.slice(0, 60)}… lacks ${it}`))];
}

/** The table of what is told, and the interfaces: the same events, the same members. */
function events() {
  const table = document.split("| From the desk | Members |")[1]?.split("\n\n")[0] ?? "";
  const told = new Map([...table.matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)].map(([, type, members]) => [type, [...members.matchAll(/(perhaps )?`([a-z]+)`/g)].map(([, perhaps, name]) => name + (perhaps ? "?" : ""))]));
  const source = ts.createSourceFile(TYPES, readFileSync(TYPES, "utf8"), ts.ScriptTarget.ES2022);
  const typed = new Map();
  for (const it of source.statements.filter(ts.isInterfaceDeclaration)) {
    const members = new Map(it.members.filter(ts.isPropertySignature).map((member) => [member.name.getText(source), member]));
    const type = members.get("type")?.type?.literal?.text;
    members.delete("type");
    if (type) typed.set(type, [...members].map(([name, member]) => name + (member.questionToken ? "?" : "")));
  }
  const text = (all) => [...all].map(([type, members]) => `${type}: ${members.sort().join(" ")}`).sort();
  const [one, other] = [text(told), text(typed)];
  return [...(one.length < 7 ? ["the table was not read right"] : []), ...one.filter((it) => !other.includes(it)).map((it) => `the document alone: ${it}`), ...other.filter((it) => !one.includes(it)).map((it) => `embed.d.ts alone: ${it}`)];
}

const CHECKS = [
  ["a portal that uses all of it compiles, and what is wrong does not", () => faults([TYPES, HOST])],
  ["docs/embedding.md: the vanilla snippet", () => snippet(".js")],
  ["docs/embedding.md: the React snippet", () => snippet(".tsx")],
  ["docs/embedding.md: the Vue snippet", () => snippet(".ts")],
  ["docs/embedding.md: every frame has its title and its permissions", frames],
  ["docs/embedding.md and embed.d.ts tell of the same events", events],
];
const faulty = CHECKS.filter(([title, check]) => {
  const found = check();
  console.log(`${found.length ? "FAILED" : "ok    "} ${title}`);
  for (const fault of found.slice(0, 10)) console.log(`         ${fault}`);
  return found.length > 0;
});
console.log(`types: ${CHECKS.length - faulty.length} passed, ${faulty.length} failed`);
process.exit(faulty.length ? 1 : 0);
