/** A mail server that takes everything and keeps it, and what was sent through it. */
import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";

import { test as base } from "./test.ts";

export class MailServer {
  /** Whole messages, as they came. */
  readonly messages: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.talk(socket));

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server.listen(0, "127.0.0.1");
    await once(mail.server, "listening");
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
    await once(this.server, "close");
  }

  /** As much of SMTP as a client needs to send. */
  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let [rest, message]: [string, string[] | undefined] = ["", undefined];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 mail.example ready");
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (message && line !== ".") {
          message.push(line);
        } else if (message) {
          this.messages.push(message.join("\n"));
          message = undefined;
          say("250 kept");
        } else if (/^DATA/i.test(line)) {
          message = [];
          say("354 go on");
        } else if (/^QUIT/i.test(line)) {
          say("221 bye");
          socket.end();
        } else {
          say("250 mail.example");
        }
      }
    });
  }
}

/** `test` with a commune that sends e-mails. */
export const test = base.extend<{ mail: MailServer }>({
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    await mail.stop();
  },
  smtp: async ({ mail }, use) => use(mail.url),
});

/** What it says, without the marks of its encoding. */
export function plain(message: string): string {
  const bytes = message
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replace(/\u00a0/g, " ");
}
