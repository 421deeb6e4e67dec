/** Where things are on the screens, by what they are called. */
import { type Locator, type Page, expect } from "@playwright/test";

import type { Login } from "./databases.ts";

export class SignInScreen {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByRole("textbox", { name: "Adresse e-mail" });
    this.password = page.getByLabel("Mot de passe", { exact: true });
    this.submit = page.getByRole("button", { name: "Se connecter" });
  }

  async fill({ email, password }: Pick<Login, "email" | "password">): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
  }

  async signIn(login: Pick<Login, "email" | "password">): Promise<void> {
    await this.fill(login);
    await this.submit.click();
  }
}

export class PlanningScreen {
  readonly previous: Locator;
  readonly next: Locator;
  readonly thisWeek: Locator;

  constructor(readonly page: Page) {
    this.previous = page.getByRole("link", { name: "Semaine précédente", exact: true });
    this.next = page.getByRole("link", { name: "Semaine suivante", exact: true });
    this.thisWeek = page.getByRole("link", { name: "Cette semaine" });
  }

  /** Signs in on the way to a week. */
  static async open(page: Page, login: Login, monday: string): Promise<PlanningScreen> {
    await page.goto(`/planning/${monday}`);
    await new SignInScreen(page).signIn(login);
    await expect(page).toHaveURL(`/planning/${monday}`);
    await expect(page.getByRole("table").or(page.locator("section.empty")).first()).toBeVisible();
    return new PlanningScreen(page);
  }

  /** As `open`, until the week after has come too, which the app asks for by itself. */
  static async openAndSettle(page: Page, login: Login, monday: string): Promise<PlanningScreen> {
    const after = new Date(monday);
    after.setUTCDate(after.getUTCDate() + 7);
    const settled = page.waitForResponse(`**/family/weeks/${after.toISOString().slice(0, 10)}`);
    const [planning] = await Promise.all([PlanningScreen.open(page, login, monday), settled]);
    return planning;
  }

  async expectWeek(range: string): Promise<void> {
    await expect(this.page.getByRole("heading", { name: `Semaine du ${range}` })).toBeVisible();
  }

  child(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** A cell with a button, by the row's and the day's names. */
  cell(child: string, activity: string, day: string): Locator {
    return this.child(child).getByRole("button", { name: new RegExp(`^${activity} ${day}\\s:`) });
  }

  /** What can be done with a whole row. */
  more(child: string, activity: string): Locator {
    const name = `${child}, ${activity} : toute la semaine et semaine-type`;
    return this.child(child).getByRole("button", { name });
  }

  /** The cells of a row, Monday to Friday. */
  row(child: string, activity: string): Locator {
    const row = this.child(child).getByRole("row", { name: new RegExp(`^${activity}`) });
    return row.getByRole("cell");
  }
}

/** Says so with words, for everybody. */
export async function expectState(cell: Locator, state: string): Promise<void> {
  await expect(cell).toHaveAccessibleName(new RegExp(`\\s: ${state}$`));
}

/** The news at the bottom. */
export function toast(page: Page): Locator {
  return page.locator(".toast");
}
