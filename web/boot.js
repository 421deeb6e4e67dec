// Before the first paint: the theme and language that this browser chose (see src/theme.rs and
// src/i18n/mod.rs). Then the app.
const root = document.documentElement;
try {
  const theme = localStorage.getItem("preau.theme");
  if (theme) root.dataset.theme = theme;
  root.lang = localStorage.getItem("preau.language") ?? root.lang;
} catch {
  // A browser that keeps nothing has chosen nothing.
}

// From the next visit on, the app opens without network too (assets/sw.js). A browser that refuses
// does without.
addEventListener("load", () => {
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
});

async function start() {
  const { default: init } = await import("/preau.js");
  await init({ module_or_path: "/preau.wasm" });
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
