// Programs the stage starts, and their end: also after a run that was killed.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";

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

/** The programs of one run, noted in a file so that the next run can end what a killed one left behind. */
export class Programs {
  private readonly children: ChildProcess[] = [];

  constructor(private readonly notes: string) {
    this.endLeftovers();
    process.once("exit", () => this.children.forEach((child) => child.kill("SIGKILL")));
  }

  /** Starts a program; `complaint` collects what it says on its error stream. */
  start(command: string, words: string[]): { child: ChildProcess; complaint: () => string } {
    const child = spawn(command, words, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr?.on("data", (data: Buffer) => (said = (said + data.toString()).slice(-4000)));
    this.children.push(child);
    mkdirSync(dirname(this.notes), { recursive: true });
    writeFileSync(this.notes, this.children.map((it) => `${it.pid} ${it.spawnargs.join(" ")}\n`).join(""));
    return { child, complaint: () => said };
  }

  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => ended(child)));
    rmSync(this.notes, { force: true });
  }

  private endLeftovers(): void {
    let notes: string;
    try {
      notes = readFileSync(this.notes, "utf8");
    } catch {
      return;
    }
    for (const line of notes.split("\n").filter(Boolean)) {
      const [pid = "", ...words] = line.split(" ");
      try {
        // The number may belong to somebody else by now: only the very same command line is ours.
        const running = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ");
        if (words.every((word) => running.includes(word))) process.kill(Number(pid), "SIGTERM");
      } catch {
        // It is gone already.
      }
    }
    rmSync(this.notes, { force: true });
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
