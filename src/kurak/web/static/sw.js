// Keeps the shell and public pages for when the network is gone. What a page is, the server says: only an answer marked
// "Cache-Control: public" is ever kept, so nothing of participants or staff can be.
"use strict";
const NAME = "kurak-1";
const SHELL = [/* shell */];
const MOST = 40;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

const keep = async (request, response) => {
  if (!response.ok || response.redirected || !(response.headers.get("Cache-Control") || "").includes("public")) return;
  const cache = await caches.open(NAME);
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(SHELL.length, Math.max(SHELL.length, kept.length - MOST)).map((old) => cache.delete(old)));
};
const fetched = async (event) => {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(event.request, response.clone()));
    return response;
  } catch (problem) {
    const kept = await caches.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    if (event.request.mode === "navigate") return (await caches.match("/offline/", { ignoreVary: true })) || Response.error();
    throw problem;
  }
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && event.request.method === "GET";
  if (!ours || /^\/(account|desk|exit|live|api|data)\//.test(url.pathname)) return;
  event.respondWith(fetched(event));
});
