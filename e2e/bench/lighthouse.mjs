/**
 * Lighthouse on the planning of a signed-in parent, with the phone and the network that it takes
 * for usual. Prints rows of `cargo xtask bench`, and what a category lacks.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

const SERVER = process.env.PREAU_URL;
const RUNS = Number(process.env.PREAU_BENCH_RUNS ?? "5");
const PLANNING = `${SERVER}/planning/2017-11-13`;
const CAMILLE = { email: "camille.delorme@example.org", password: "preau-demo" };
const AIMS = { performance: 95, accessibility: 100, "best-practices": 100 };
const FIRST_LOAD = 300_000;

const profile = await mkdtemp(join(tmpdir(), "preau-lighthouse-"));
try {
  await measure();
} finally {
  await rm(profile, { recursive: true, force: true });
}

async function measure() {
  const port = await freePort();
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      `--remote-debugging-port=${port}`,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const page = await browser.newPage();
    await signIn(page);
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) {
      await forgetAllButTheSignIn(browser, page);
      runs.push(await visit(port));
    }
    report(runs);
  } finally {
    await browser.close();
  }
}

/** As a parent does; then away from the app, which would go on in the background. */
async function signIn(page) {
  await page.goto(PLANNING);
  await page.getByRole("textbox", { name: "Adresse e-mail" }).fill(CAMILLE.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(CAMILLE.password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await page.getByRole("table").first().waitFor();
  await page.goto(`${SERVER}/healthz`);
}

/** So that each visit is a first one: neither files nor weeks are there. */
async function forgetAllButTheSignIn(browser, page) {
  await page.evaluate((weeks) => localStorage.removeItem(weeks), "preau.weeks");
  const session = await browser.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.send("Storage.clearDataForOrigin", {
    origin: SERVER,
    storageTypes: "cache_storage,service_workers",
  });
  await session.detach();
}

async function visit(port) {
  const flags = {
    port,
    disableStorageReset: true,
    logLevel: "error",
    // The live seats keep a connection open; the network is never as quiet as it waits for.
    maxWaitForLoad: 7000,
    onlyCategories: Object.keys(AIMS),
  };
  const { lhr } = await lighthouse(PLANNING, flags);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  if (lhr.finalDisplayedUrl !== PLANNING) throw new Error(`it ended at ${lhr.finalDisplayedUrl}`);
  return lhr;
}

function report(runs) {
  const bytes = median(runs.map(firstLoad));
  const [kilobytes, limit] = [bytes, FIRST_LOAD].map((count) => `${Math.round(count / 1e3)} kB`);
  row("web app, first load over the wire", kilobytes, "", `≤ ${limit}`, bytes <= FIRST_LOAD);
  for (const [category, aim] of Object.entries(AIMS)) {
    const scores = runs.map(({ categories }) => Math.round(categories[category].score * 100));
    const score = median(scores);
    const work = `Lighthouse (mobile) on the planning: ${category}`;
    row(work, `${score}`, `of ${scores.join(", ")}`, `≥ ${aim}`, score >= aim);
    if (score < aim) explain(category, runs[scores.indexOf(score)]);
  }
}

/** What the page and its files weigh, as they came; the API's answers aside. */
function firstLoad({ audits }) {
  return audits["network-requests"].details.items
    .filter(({ url }) => url.startsWith(SERVER) && !url.startsWith(`${SERVER}/api/`))
    .reduce((sum, { transferSize }) => sum + transferSize, 0);
}

function row(work, measured, against, aim, met) {
  console.log(["row", work, measured, against, "", aim, met ? "met" : "missed"].join("\t"));
}

/** The audits that cost a category its points. */
function explain(category, { audits, categories }) {
  for (const { id, weight } of categories[category].auditRefs) {
    const { score, title, displayValue = "", details } = audits[id];
    if (weight === 0 || score === null || score === 1) continue;
    console.log(`  ${id} ${score}: ${title} ${displayValue}`);
    for (const item of details?.items?.slice(0, 5) ?? []) {
      console.log(`    ${JSON.stringify(item).slice(0, 300)}`);
    }
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
