// The browser's own protocol, without anybody between: Playwright tells every page it holds that it has the focus, and reports each request.

import { createRequire } from "node:module";

const WebSocket = createRequire(import.meta.url)("ws");

export class Protocol {
  private next = 0;
  private readonly waiting = new Map<number, (answer: any) => void>();

  private constructor(private readonly socket: any) {
    socket.on("message", (text: Buffer) => {
      const answer = JSON.parse(text.toString());
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
  }

  /** Over the address of a browser or of one of its pages. */
  static async over(address: string): Promise<Protocol> {
    const socket = new WebSocket(address);
    await new Promise((opened, failed) => socket.once("open", opened).once("error", failed));
    return new Protocol(socket);
  }

  /** Asks for something; fails where the browser says no. */
  async send(method: string, params: object = {}, sessionId?: string): Promise<any> {
    this.next += 1;
    const id = this.next;
    const answered = new Promise<any>((answered) => this.waiting.set(id, answered));
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    const answer = await answered;
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  close(): void {
    this.socket.close();
  }
}
