/** Other parents, and the same parent's other devices: they use the API as an app does. */
import type { Login } from "./databases.ts";

export interface Cell {
  child_id: string;
  activity: string;
  date: string;
  state: string;
  seats_left?: number;
}

export interface Week {
  children: { id: string; first_name: string }[];
  cells: Cell[];
}

/** What a tick is about. */
export interface Session {
  activity: string;
  date: string;
}

export interface Answer<T> {
  status: number;
  body: T;
}

interface Invoice {
  number: string;
  balance?: { due: number };
}

interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** One signed-in app. */
export class Device {
  private constructor(
    private readonly server: string,
    private tokens: Tokens,
  ) {}

  static async signIn(
    server: string,
    { email, password }: Pick<Login, "email" | "password">,
  ): Promise<Device> {
    const body = { email, password, client: "app" };
    const answer = await call<Tokens>(server, "POST", "/auth/login", { body });
    if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status}`);
    return new Device(server, answer.body);
  }

  async week(monday: string): Promise<Week> {
    return (await this.ask<Week>("GET", `/family/weeks/${monday}`)).body;
  }

  async book(child: string, { activity, date }: Session): Promise<Answer<Cell>> {
    return this.ask("PUT", `/children/${child}/inscriptions/${activity}/${date}`);
  }

  async free(child: string, { activity, date }: Session): Promise<Answer<Cell>> {
    return this.ask("DELETE", `/children/${child}/inscriptions/${activity}/${date}`);
  }

  /** As the guichet: a cheque for all that is due of each of a family's invoices. */
  async enterCheques(family: Device): Promise<void> {
    const { body } = await family.ask<{ documents: Invoice[] }>("GET", "/family/invoices");
    for (const { number, balance } of body.documents) {
      if (!balance?.due) continue;
      const path = `/guichet/invoices/${number}/cheques`;
      const { status } = await this.ask<unknown>("POST", path, { amount: balance.due });
      if (status !== 201) throw new Error(`no cheque is taken for ${number}: ${status}`);
    }
  }

  async changePassword(from: string, to: string): Promise<void> {
    const body = { current_password: from, new_password: to };
    const { status } = await this.ask<unknown>("POST", "/auth/password", body);
    if (status >= 300) throw new Error(`the password cannot be changed: ${status}`);
  }

  /** The status of a refresh: 401 where this device was signed out. */
  async refresh(): Promise<number> {
    const body = { refresh_token: this.tokens.refresh_token };
    const answer = await call<Tokens>(this.server, "POST", "/auth/refresh", { body });
    if (answer.status === 200) this.tokens = answer.body;
    return answer.status;
  }

  private ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return call(this.server, method, path, { body, token: this.tokens.access_token });
  }
}

/** Other families take a session's seats until so many are left. */
export async function takeSeats(
  server: string,
  others: Login[],
  session: Session & { monday: string },
  { leave }: { leave: number },
): Promise<void> {
  for (const login of others) {
    const device = await Device.signIn(server, login);
    const { cells } = await device.week(session.monday);
    const ofSession = cells.filter(
      ({ activity, date }) => activity === session.activity && date === session.date,
    );
    for (const { child_id, state, seats_left = 0 } of ofSession) {
      if (seats_left <= leave) return;
      if (state !== "free_open") continue;
      const { status, body } = await device.book(child_id, session);
      if (status !== 200) throw new Error(`a free seat cannot be taken: ${status}`);
      if (body.seats_left === leave) return;
    }
  }
  throw new Error("the other families have too few children");
}

async function call<T>(
  server: string,
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string },
): Promise<Answer<T>> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(`${server}/api/v1${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as T };
}
