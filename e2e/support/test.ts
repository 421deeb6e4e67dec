/** `test` with a server and a commune of its own, and an eye on what the pages do. */
import { join } from "node:path";

import { test as base, expect } from "@playwright/test";

import { type Backend, type Database, type Login, copy, logins } from "./databases.ts";
import { settleIn } from "./newcomers.ts";
import { Server } from "./preau.ts";
import { Watch } from "./watch.ts";

export { expect };

export interface Options {
  backend: Backend;
  /** The server's time at its start. */
  now: string;
  /**
   * False keeps the live seats from the pages: for screens that are behind, and where each request
   * is counted.
   */
  live: boolean;
  /** A mail server, if the commune has one. */
  smtp: string | undefined;
}

interface Fixtures {
  database: Database;
  server: Server;
  watch: Watch;
  /** Parents first, one of each family, then the guichet's. */
  logins: Login[];
  /** Léa's and Tom's. */
  camille: Login;
  /** Parents of other families. */
  others: Login[];
  /** Inès's and Malo's, who are subscribed to nothing. */
  nadia: Login;
}

export const test = base.extend<Options & Fixtures>({
  backend: ["sqlite", { option: true }],
  // A Monday morning: the week after is open until Tuesday noon.
  now: ["+2017-11-06T08:00:00Z", { option: true }],

  live: [true, { option: true }],

  smtp: [undefined, { option: true }],

  context: async ({ context, live }, use) => {
    if (!live) {
      const nothing = { contentType: "text/event-stream", body: ":\n\n" };
      await context.route("**/weeks/*/seats", (route) => route.fulfill(nothing));
    }
    await use(context);
  },

  database: async ({ backend }, use) => {
    const database = await copy(backend);
    await use(database);
    await database.remove();
  },

  server: async ({ database, now, smtp }, use, testInfo) => {
    const settings = { database: database.url, now, smtp };
    const server = await Server.start(settings, join(database.folder, "log"));
    await use(server);
    await server.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("server.log", { path: server.log, contentType: "text/plain" });
    }
  },

  baseURL: async ({ server }, use) => use(server.url),

  watch: [
    async ({ context, server }, use) => {
      const watch = new Watch(context, server.url);
      await use(watch);
      expect(watch.problems()).toEqual([]);
    },
    { auto: true },
  ],

  logins: async ({ backend }, use) => use(await logins(backend)),

  camille: async ({ logins }, use) => {
    const camille = logins.find(({ email }) => email === "camille.delorme@example.org");
    if (!camille) throw new Error("the demo has no Camille Delorme");
    await use(camille);
  },

  others: async ({ logins, camille }, use) => {
    await use(logins.filter(({ role, family }) => role === "parent" && family !== camille.family));
  },

  nadia: async ({ database }, use) => use(await settleIn(database)),
});
