// Before the first paint: the theme and language that this browser chose (see src/theme.rs and
// src/i18n/mod.rs). Then the app.
const root = document.documentElement;
let signedIn = null;
try {
  const theme = localStorage.getItem("preau.theme");
  if (theme) root.dataset.theme = theme;
  root.lang = localStorage.getItem("preau.language") ?? root.lang;
  signedIn = localStorage.getItem("preau.signed-in");
} catch {
  // A browser that keeps nothing has chosen nothing.
}

// From the next visit on, the app opens without network too (assets/sw.js). A browser that refuses
// does without.
addEventListener("load", () => {
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
});

// What the app asks first is asked while it loads; src/api/early.rs takes the answers.
if (signedIn) globalThis.preauEarly = { signedIn, answers: askEarly() };

function askEarly() {
  const refresh = ask("POST", "/auth/refresh", { "content-type": "application/json" }, "{}");
  const token = refresh.then(async (answer) => {
    if (!answer.ok) throw new Error("nobody is signed in");
    return (await answer.clone().json()).access_token;
  });
  const get = async (path) => ask("GET", path, { authorization: `Bearer ${await token}` });
  const answers = { "POST /auth/refresh": refresh, "GET /me": get("/me") };
  const week = shownWeek();
  if (week) answers[`GET ${week}`] = get(week);
  // The app is told of failures; nobody else need be.
  for (const answer of Object.values(answers)) answer.catch(() => {});
  return answers;
}

function ask(method, path, headers, body) {
  return fetch(`/api/v1${path}`, {
    method,
    headers: { "accept-language": root.lang, ...headers },
    body,
  });
}

/** The planning's week: that of the address, else today's in Paris. */
function shownWeek() {
  const [planning, date] = /^\/(?:planning(?:\/(\d{4}-\d\d-\d\d))?\/?)?$/.exec(location.pathname) ?? [];
  const today = () => new Date().toLocaleDateString("sv", { timeZone: "Europe/Paris" });
  const day = new Date(date ?? today());
  if (planning === undefined || Number.isNaN(day.getTime())) return undefined;
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return `/family/weeks/${day.toISOString().slice(0, 10)}`;
}

async function start() {
  const [{ default: init }, module] = await Promise.all([
    import("/preau.js"),
    WebAssembly.compileStreaming(fetch("/preau.wasm")),
  ]);
  await painted();
  await init({ module_or_path: module });
  // Later, the same questions have other answers.
  setTimeout(() => delete globalThis.preauEarly, 3000);
}

/** When the page as it is can be seen: what follows keeps a slow phone busy. */
function painted() {
  return new Promise((resume) => {
    // A window that nobody sees may have no frames.
    setTimeout(resume, 200);
    // The second one begins when the first is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resume)));
  });
}

start().catch(() => {
  const message = document.createElement("p");
  message.className = "boot-failed";
  message.setAttribute("role", "alert");
  message.textContent =
    root.lang === "en"
      ? "Préau could not open. Check your connection, then reload the page."
      : "Préau n'a pas pu s'ouvrir. Vérifiez votre connexion, puis rechargez la page.";
  document.body.append(message);
});
