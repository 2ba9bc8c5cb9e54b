// Keep every file of the page, so that it works without a network once it was loaded.

const BUILD = "BUILD_OF_THE_PAGE";
const KEPT = `graphgrad-${BUILD}`;
const LATE = "graphgrad-late"; // what came from Pyodide's own distribution, by its address
const CDN = "https://cdn.jsdelivr.net/pyodide/";

async function keepAll() {
  const manifest = await (await fetch("manifest.json", { cache: "no-store" })).json();
  const kept = await caches.open(KEPT);
  await kept.addAll(["./", "manifest.json", ...Object.keys(manifest.files)]);
}

async function forgetOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("graphgrad-") && ![KEPT, LATE].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function found(request) {
  const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && request.url.startsWith(CDN)) {
    await (await caches.open(LATE)).put(request, answer.clone());
  }
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("fetch", (event) => {
  const ours = event.request.url.startsWith(self.registration.scope) || event.request.url.startsWith(CDN);
  if (event.request.method === "GET" && ours) event.respondWith(found(event.request));
});
