/** The demo commune's databases: made once for a run, copied for each test. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { preau } from "./preau.ts";

export type Backend = "sqlite" | "postgres";

/** As `preau demo --logins` prints it. */
export interface Login {
  email: string;
  password: string;
  role: "parent" | "coordinator" | "attendant";
  family: string | null;
  children: string[];
}

export interface Database {
  url: string;
  /** Of the test's own. */
  folder: string;
  remove(): Promise<void>;
}

/** Tells the workers where the run keeps what it made. */
const FOLDER = "PREAU_E2E_FOLDER";
const YEAR = "2017";
const MANY = "1000";

function runFolder(): string {
  const folder = process.env[FOLDER];
  if (!folder) throw new Error(`${FOLDER} is set by the global setup`);
  return folder;
}

/** Makes the demo commune for a run; what undoes it comes back. */
export async function prepare(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "preau-e2e-"));
  process.env[FOLDER] = folder;
  const undo = [() => rm(folder, { recursive: true, force: true })];
  const demo = async (backend: Backend, url: string) => {
    const logins = await preau(folder, url, "demo", "--year", YEAR, "--logins", MANY);
    await writeFile(loginsOf(backend), logins);
  };
  await demo("sqlite", sqliteUrl(join(folder, "demo.sqlite")));
  if (process.env.PREAU_TEST_POSTGRES_URL) {
    const template = templateName();
    await sql(`CREATE DATABASE ${template}`);
    undo.push(() => sql(`DROP DATABASE ${template} WITH (FORCE)`));
    await demo("postgres", postgresUrl(template));
  }
  return async () => {
    for (const step of undo) await step();
  };
}

/** The demo's logins: parents first, one of each family, then the guichet's. */
export async function logins(backend: Backend): Promise<Login[]> {
  const lines = (await readFile(loginsOf(backend), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Login);
}

/** A copy of the demo commune. */
export async function copy(backend: Backend): Promise<Database> {
  const folder = await mkdtemp(join(runFolder(), "test-"));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (backend === "sqlite") {
    const from = join(runFolder(), "demo.sqlite");
    const to = join(folder, "preau.sqlite");
    for (const part of ["", "-wal"].filter((part) => existsSync(from + part))) {
      await copyFile(from + part, to + part, constants.COPYFILE_FICLONE);
    }
    return { url: sqliteUrl(to), folder, remove: removeFolder };
  }
  const name = `preau_e2e_${randomUUID().replaceAll("-", "")}`;
  await sql(`CREATE DATABASE ${name} TEMPLATE ${templateName()}`);
  const remove = async () => {
    await sql(`DROP DATABASE ${name} WITH (FORCE)`);
    await removeFolder();
  };
  return { url: postgresUrl(name), folder, remove };
}

function loginsOf(backend: Backend): string {
  return join(runFolder(), `${backend}-logins.jsonl`);
}

/** The folder's random end makes it this run's own. */
function templateName(): string {
  return `preau_e2e_${Buffer.from(runFolder()).toString("hex").slice(-12)}`;
}

function sqliteUrl(path: string): string {
  return `sqlite://${path}`;
}

function postgresUrl(name: string): string {
  const url = new URL(process.env.PREAU_TEST_POSTGRES_URL ?? "");
  url.pathname = `/${name}`;
  return url.href;
}

async function sql(statement: string): Promise<void> {
  const url = process.env.PREAU_TEST_POSTGRES_URL ?? "";
  await promisify(execFile)("psql", ["--no-psqlrc", "--quiet", "--command", statement, url]);
}
