// The app opens without network. Nothing of a family's is kept here: what is asked of /api goes past
// this worker, and the app itself keeps the weeks that it has shown (src/planning/kept.rs).

/** What a first visit loads, each under a name that tells its content. */
const FILES = __FIRST_LOAD__;
/** What the app loads on demand, named so too. */
const LATER = __LATER__;
/** Changes with any of them. */
const CACHE = "preau-__BUILD__";
/** The one page of the app, whatever its address. */
const PAGE = "/";
/** After that, a parent with a bad network sees what is known. */
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (isBelow(pathname, "/api") || isBelow(pathname, "/guichet")) return;
  if (request.mode === "navigate") {
    // An address with a dot is a file's.
    if (!pathname.split("/").pop().includes(".")) event.respondWith(page(event));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(asset(request));
  }
});

/** The guichet's pages are another app's, which needs the network. */
function isBelow(pathname, place) {
  return pathname === place || pathname.startsWith(`${place}/`);
}

async function fill() {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { cache: "no-cache", credentials: "omit" });
  const text = answer.ok ? await answer.clone().text() : "";
  // In the middle of a release, page and files may be of two versions: the next visit tries again.
  if (!FILES.every((file) => text.includes(file))) throw new Error("another version's page");
  await cache.addAll(FILES);
  // On a slow network the page's own requests go first.
  await cache.addAll(LATER.map((file) => new Request(file, { priority: "low" })));
  await cache.put(PAGE, answer);
}

/** The page of a first visit too: it may lose the network before it has opened all. */
async function takeOver() {
  await clean();
  await self.clients.claim();
}

async function clean() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("preau-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** From the network; where that fails or takes long, the page that is kept. */
async function page(event) {
  const kept = await cached(PAGE);
  const fresh = fetch(event.request);
  if (!kept) return fresh;
  const answer = await Promise.race([fresh.catch(() => undefined), wait(PATIENCE_MS)]);
  // A gateway whose server is down.
  if (!answer || answer.status >= 502) return kept;
  event.waitUntil(handOver());
  return answer;
}

async function asset(request) {
  return (await cached(request)) ?? fetch(request);
}

async function cached(request) {
  return (await caches.open(CACHE)).match(request, { ignoreVary: true });
}

/**
 * A new version that waits takes over with a page from the network, which needs nothing of this
 * one's, and unless another tab is in the middle of a visit.
 */
async function handOver() {
  const { waiting } = self.registration;
  if (waiting && (await self.clients.matchAll({ type: "window" })).length <= 1) {
    waiting.postMessage("take-over");
  }
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
