import { expectAccessible } from "../support/accessible.ts";
import { Device } from "../support/api.ts";
import { PlanningScreen, SignInScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

test("a wrong password is refused, the right one leads to this week", async ({
  page,
  camille,
  watch,
}) => {
  const signIn = new SignInScreen(page);
  await page.goto("/");
  await expect(page).toHaveURL("/connexion");
  await expect(page).toHaveTitle("Connexion · Préau");
  await expectAccessible(page);

  watch.expects(401, "/auth/login");
  await signIn.signIn({ ...camille, password: "oublié" });
  await expect(page.getByRole("alert")).toContainText("Identifiants refusés.");
  await expect(signIn.password).toBeFocused();
  await expect(signIn.email).toHaveValue(camille.email);
  await expectAccessible(page);

  await signIn.password.fill(camille.password);
  await signIn.submit.click();
  await expect(page).toHaveURL("/planning");
  await expect(page).toHaveTitle("Mon planning · Préau");
  await expect(page.getByRole("heading", { name: "Mon planning" })).toBeFocused();
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");
});

test("the password can be looked at", async ({ page, camille }) => {
  const signIn = new SignInScreen(page);
  await page.goto("/connexion");
  await signIn.fill(camille);
  await expect(signIn.password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Afficher le mot de passe" }).click();
  await expect(signIn.password).toHaveAttribute("type", "text");
  await expect(signIn.password).toHaveValue(camille.password);
  await page.getByRole("button", { name: "Masquer le mot de passe" }).click();
  await expect(signIn.password).toHaveAttribute("type", "password");
});

test("what is missing is named at its field", async ({ page, camille }) => {
  const signIn = new SignInScreen(page);
  await page.goto("/connexion");
  await signIn.submit.click();
  await expect(signIn.email).toBeFocused();
  await expect(signIn.email).toHaveAccessibleDescription("Saisissez votre adresse e-mail.");
  await expect(signIn.password).toHaveAccessibleDescription("Saisissez votre mot de passe.");
  await expectAccessible(page);

  await signIn.email.fill(camille.email);
  await signIn.submit.click();
  await expect(signIn.password).toBeFocused();
  await expect(signIn.email).toHaveAccessibleDescription("");
});

test("too many tries have to wait", async ({ page, camille, server, watch }) => {
  const signIn = new SignInScreen(page);
  const wrong = { ...camille, password: "oublié" };
  const alert = page.getByRole("alert");
  await page.goto("/connexion");
  watch.expects(401, "/auth/login");
  await signIn.signIn(wrong);
  await expect(alert).toContainText("Identifiants refusés.");

  watch.expects(429, "/auth/login");
  // A try comes free every six seconds.
  await expect(async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => Device.signIn(server.address, wrong).catch(() => null)),
    );
    await signIn.signIn(wrong);
    await expect(alert).toContainText("Trop de tentatives.", { timeout: 2_000 });
  }).toPass();
  await expect(alert).toContainText(/Réessayez dans \d+\ss\./);
  await expectAccessible(page);
});

test("an attendant is told where they are", async ({ page, logins, watch }) => {
  // The week is asked for along with who it is.
  watch.expects(403, /^\/family\/weeks\//);
  const attendant = logins.find(({ role }) => role === "attendant");
  if (!attendant) throw new Error("the demo has no attendant");
  await page.goto("/connexion");
  await new SignInScreen(page).signIn(attendant);
  await expect(page.getByRole("heading", { name: "Bonjour Hugo" })).toBeVisible();
  await expect(page.getByText("Cet espace est celui des parents d'élèves.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByText("La session est fermée.")).toBeVisible();
});

test("everything is there in English", async ({ page, camille, watch }) => {
  await page.goto("/connexion");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveTitle("Sign in · Préau");
  await expectAccessible(page);

  watch.expects(401, "/auth/login");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(camille.email);
  await page.getByLabel("Password", { exact: true }).fill("forgotten");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("Sign-in refused.");
  await page.getByLabel("Password", { exact: true }).fill(camille.password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("link", { name: "Next week", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Week of 13 to 17 November" })).toBeVisible();
  await expect(page.getByText("Can be changed until Tuesday 7 Nov, 12:00")).toBeVisible();
  const tom = page.getByRole("region", { name: "Tom" });
  await tom.getByRole("button", { name: "Bus 11h30 Monday 13: free, can be changed" }).click();
  await expect(page.getByText("Tom · Bus 11h30, Monday 13: booked")).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "My account" }).click();
  await expect(page.getByRole("heading", { name: "Change your password" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Français" }).check();
  await expect(page.getByRole("heading", { name: "Changer de mot de passe" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Français" })).toBeFocused();
});
