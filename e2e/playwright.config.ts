import { defineConfig } from "@playwright/test";

import type { Options } from "./support/test.ts";

export default defineConfig<Options>({
  testDir: "tests",
  globalSetup: "./support/global-setup.ts",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 900 },
    locale: "fr-FR",
    // Dates and deadlines are the commune's, wherever the parent is.
    timezoneId: "America/New_York",
    // Colours are looked at once they have settled.
    contextOptions: { reducedMotion: "reduce" },
    // It has journeys of its own, and would hide requests from the others'.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "sqlite", use: { backend: "sqlite" } },
    // The journeys that write, on the other database too.
    ...(process.env.PREAU_TEST_POSTGRES_URL
      ? [{ name: "postgres", grep: /@both/, use: { backend: "postgres" as const } }]
      : []),
  ],
});
