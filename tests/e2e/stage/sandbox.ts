// Builds and starts the imitation of the clouds.

import { execFileSync } from "node:child_process";
import type { Programs } from "./processes.ts";

/** Its address, once it listens. */
export async function startSandbox(repository: string, programs: Programs): Promise<string> {
  const build = ". .ci/tools.sh && cargo build --quiet --package sandbox && printf %s \"$CARGO_TARGET_DIR\"";
  const target = execFileSync("bash", ["-euc", build], { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const { child, complaint } = programs.start(`${target}/debug/sandbox`, ["--listen", "127.0.0.1:0"]);
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      const address = /^sandbox listening on (http:\S+)$/m.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${complaint()}`)));
  });
}
