/** What must not happen unseen while a test looks elsewhere. */
import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** What Chromium logs, and what a part of the app that is loaded later does. */
const DOWN = /^Failed to load resource: net::|^TypeError: Failed to (fetch|execute 'compile)/;

interface Failure {
  status: number;
  path: string | RegExp;
  came: boolean;
}

function matches(wanted: string | RegExp, pathname: string): boolean {
  const path = pathname.replace("/api/v1", "");
  return typeof wanted === "string" ? path === wanted : wanted.test(path);
}

/** Errors of the pages, violations of their policy (which Chromium logs), requests elsewhere. */
export class Watch {
  private readonly errors: string[] = [];
  private readonly failures: Failure[] = [];
  private mayBeDown = false;

  constructor(context: BrowserContext, origin: string) {
    context.on("console", (message) => {
      if (message.type() === "error") this.heard(message);
    });
    context.on("weberror", (error) => this.errors.push(`page error: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== origin) {
        this.errors.push(`request to another origin: ${request.url()}`);
      }
    });
  }

  /** The test brings about this answer of the API; Chromium logs it as an error. */
  expects(status: number, path: string | RegExp): void {
    this.failures.push({ status, path, came: false });
  }

  /** The same, where the page may be gone before it. */
  allows(status: number, path: string | RegExp): void {
    this.failures.push({ status, path, came: true });
  }

  /** The test ends the server: from now on requests may fail. */
  expectsNoServer(): void {
    this.mayBeDown = true;
  }

  /** All that went wrong, and what was expected and did not come. */
  problems(): string[] {
    const missing = this.failures
      .filter(({ came }) => !came)
      .map(({ status, path }) => `no answer ${status} of ${path}`);
    return [...this.errors, ...missing];
  }

  private heard(message: ConsoleMessage): void {
    const text = message.text();
    const status = Number(/^Failed to load resource: .* status of (\d+)/.exec(text)?.[1]);
    const url = message.location().url;
    const failure = this.failures.find(
      (failure) => failure.status === status && matches(failure.path, new URL(url).pathname),
    );
    if (failure) {
      failure.came = true;
    } else if (!(this.mayBeDown && DOWN.test(text))) {
      this.errors.push(`console: ${text} (${url})`);
    }
  }
}
