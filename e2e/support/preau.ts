/** The program under test. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const BINARY = resolve(
  process.env.PREAU_BIN ?? join(import.meta.dirname, "../../target/release/preau"),
);
const PATIENCE = 30_000;

/** A run that breaks off leaves none of them behind. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export interface Settings {
  /** `PREAU_DATABASE_URL`. */
  database: string;
  /** `PREAU_NOW`. */
  now: string;
  /** `PREAU_SMTP_URL`: without one, no e-mails are promised. */
  smtp?: string;
}

/** Nothing of this machine's own settings. */
function environment(database: string, others: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, PREAU_DATABASE_URL: database, ...others };
}

/** What a command prints. */
export async function preau(folder: string, database: string, ...args: string[]): Promise<string> {
  const options = { cwd: folder, env: environment(database), maxBuffer: 16 << 20 };
  return (await promisify(execFile)(BINARY, args, options)).stdout;
}

/** `preau serve`, on a port of its own. */
export class Server {
  private child?: ChildProcess;

  private constructor(
    private settings: Settings,
    private readonly port: number,
    readonly log: string,
  ) {}

  static async start(settings: Settings, log: string): Promise<Server> {
    const server = new Server(settings, await freePort(), log);
    await server.start();
    return server;
  }

  /** Browsers keep secure cookies of this one, without HTTPS. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Where it listens. */
  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const log = openSync(this.log, "a");
    const { database, now, smtp } = this.settings;
    const mail = smtp && {
      PREAU_SMTP_URL: smtp,
      PREAU_MAIL_FROM: "Guichet <guichet@example.org>",
      PREAU_PUBLIC_URL: this.url,
    };
    const listen = { PREAU_LISTEN: `127.0.0.1:${this.port}`, PREAU_NOW: now };
    const child = spawn(BINARY, ["serve", "--demo"], {
      cwd: dirname(this.log),
      env: environment(database, { ...listen, ...mail }),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.child = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    const until = Date.now() + PATIENCE;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`preau does not serve:\n${readFileSync(this.log, "utf8")}`);
      }
      await wait(20);
    }
  }

  /** As by a power cut. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** As by an operator; the exit code. */
  async stop(): Promise<number | null> {
    return this.end("SIGTERM");
  }

  /** The same commune, at another time. */
  async restartAt(now: string): Promise<void> {
    await this.stop();
    this.settings = { ...this.settings, now };
    await this.start();
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.address}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  await once(listener, "close");
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
