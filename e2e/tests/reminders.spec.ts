import { expectAccessible } from "../support/accessible.ts";
import { Device, takeSeats } from "../support/api.ts";
import { plain, test } from "../support/mail.ts";
import { PlanningScreen, SignInScreen } from "../support/screens.ts";
import { expect } from "../support/test.ts";

const MONDAY = "2017-11-13";

test("the evening before the deadline, whoever wishes is reminded", async ({
  page,
  camille,
  mail,
  server,
}) => {
  await page.goto("/compte");
  await new SignInScreen(page).signIn(camille);
  const wish = page.getByRole("checkbox", { name: /Me rappeler la date limite/ });
  await expect(wish).not.toBeChecked();
  await expectAccessible(page);
  const saved = page.waitForResponse("**/me/reminders");
  await wish.check();
  await saved;
  await page.reload();
  await expect(wish).toBeChecked();

  // 18 h in Paris.
  await server.restartAt("+2017-11-06T16:59:58Z");
  await expect.poll(() => mail.messages.length, { timeout: 30_000 }).toBe(1);
  const message = plain(mail.messages[0] ?? "");
  expect(message).toContain(`To: ${camille.email}`);
  expect(message).toContain("Léa");
  expect(message).toContain(`${server.url}/planning/${MONDAY}`);
});

test("a seat from the waiting list is told by e-mail", async ({
  page,
  camille,
  others,
  mail,
  server,
}) => {
  const session = { activity: "bus-fin-ecole", date: MONDAY, monday: MONDAY };
  await takeSeats(server.address, others, session, { leave: 0 });
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  await planning.cell("Tom", "Bus fin école", "lundi 13").click();
  const full = page.getByRole("dialog");
  await expect(full).toContainText("e-mail");
  await full.getByRole("button", { name: "Me mettre en liste d'attente" }).click();
  const [lea] = camille.children;
  if (!lea) throw new Error("Camille has no child");
  await (await Device.signIn(server.address, camille)).free(lea, session);
  await expect.poll(() => mail.messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(plain(mail.messages[0] ?? "")).toContain("Tom");
});
