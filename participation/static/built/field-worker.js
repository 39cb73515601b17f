/* Keeps one page, in each language, with its files. KEPT is written by the route. No other address
   is ever touched: whatever shows a person's details comes from the network or not at all. */
"use strict";
const NAME = `medskapa-field-${KEPT.version}`;
const [FIRST] = KEPT.files;
const KEPT_PATH = new URL(FIRST, location.origin).pathname;

self.addEventListener("install", (event) => {
  // Without cookies: what is kept is what a stranger would get.
  const fresh = KEPT.files.map((file) => new Request(file, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)));
});

/* A new version waits until every window is closed; nothing changes under somebody who writes. */
self.addEventListener("activate", (event) => {
  const older = (name) => name.startsWith("medskapa-field-") && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(older).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  const asked = url.pathname + url.search;
  const file = KEPT.files.includes(asked) ? asked : url.pathname === KEPT_PATH ? FIRST : "";
  if (!file) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(file)).then((kept) => kept ?? fetch(event.request)));
});
