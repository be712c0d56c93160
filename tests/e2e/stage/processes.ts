// Programs the stage starts, and their end: also after a run that was killed.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** A free port of the loopback, `count` of them at once so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve(server));
      });
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The programs of one run, noted in a file named after this process so that a later run can end what a killed one left behind. */
export class Programs {
  private readonly children: ChildProcess[] = [];
  private readonly notes: string;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.notes = join(folder, String(process.pid));
    this.endLeftovers();
    process.once("exit", () => this.children.forEach((child) => child.kill("SIGKILL")));
  }

  /** Starts a program; `complaint` gives what it last said on its error stream. */
  start(command: string, words: string[], environment: Record<string, string> = {}): { child: ChildProcess; complaint: () => string } {
    const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } });
    let said = "";
    child.stderr?.on("data", (data: Buffer) => (said = (said + data.toString()).slice(-4000)));
    this.children.push(child);
    writeFileSync(this.notes, this.children.map((it) => `${it.pid} ${it.spawnargs.join(" ")}\n`).join(""));
    return { child, complaint: () => said };
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => ended(child)));
    rmSync(this.notes, { force: true });
  }

  /** Ends the programs of runs that are no more; a run beside this one keeps its own. */
  private endLeftovers(): void {
    for (const owner of readdirSync(this.folder).filter((owner) => commandLine(owner) === undefined)) {
      const file = join(this.folder, owner);
      for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
        const [pid = "", ...words] = line.split(" ");
        // The number may belong to somebody else by now: only the very same command line is ours.
        const running = commandLine(pid);
        if (running !== undefined && words.every((word) => running.includes(word))) process.kill(Number(pid), "SIGTERM");
      }
      rmSync(file, { force: true });
    }
  }
}

/** The command line of a process that runs; where the system does not show them, none. */
function commandLine(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
  } catch {
    return undefined;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 3000);
  await gone;
  clearTimeout(patience);
}

/** Waits until `address` answers anything at all, or says why not. */
export async function answers(address: string, complaint: () => string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`nothing answers at ${address}: ${complaint() || error}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
