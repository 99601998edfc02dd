// The service worker: the page opens without a line, with the last state it saw. Only what is public
// is kept; nothing an official reads is ever stored.
import { SAVED_HEADER } from "./api.js";
import { is_kept, SHELL_CACHE_PREFIX, shell_cache_name, STATE_CACHE } from "./offline.js";

declare const self: ServiceWorkerGlobalScope;

/** Put in at build time (vite.config.ts): the files of the shell. */
declare const SHELL_FILES: string[];
const SHELL = SHELL_FILES;
const STATE_MAX = 60;

self.addEventListener("install", (install) => {
  install.waitUntil((async () => {
    const cache = await caches.open(shell_cache_name(SHELL));
    await cache.addAll(SHELL.map((file) => new Request(file, { cache: "no-cache" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (activate) => {
  activate.waitUntil((async () => {
    const own = shell_cache_name(SHELL);
    for (const name of await caches.keys()) {
      if (name.startsWith(SHELL_CACHE_PREFIX) && name !== own) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (fetching) => {
  const { request } = fetching;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") fetching.respondWith(page(request));
  else if (url.pathname.includes("/assets/")) fetching.respondWith(asset(request));
  else if (is_kept(url.pathname)) fetching.respondWith(state(request));
});

/** The page itself: the server's, else the kept one. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("./")) ?? Response.error();
  }
}

/** A file with a hash in its name never changes. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** What the server says, kept for when it does not. */
async function state(request: Request): Promise<Response> {
  const key = request.url;
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(key, answer.clone());
    else if (answer.status === 304) void complete(key);
    if (answer.status < 502 || answer.status > 504) return answer;
  } catch (error) {
    if (request.signal.aborted) throw error;
  }
  const saved = await (await caches.open(STATE_CACHE)).match(key);
  if (!saved) return Response.error();
  const headers = new Headers(saved.headers);
  headers.set(SAVED_HEADER, "1");
  return new Response(saved.body, { status: 200, headers });
}

/** The page knew it from before we were there: it is read once more for ourselves. */
async function complete(key: string): Promise<void> {
  if (await (await caches.open(STATE_CACHE)).match(key)) return;
  const answer = await fetch(key).catch(() => undefined);
  if (answer?.ok) await keep(key, answer);
}

async function keep(key: string, answer: Response): Promise<void> {
  const cache = await caches.open(STATE_CACHE);
  await cache.delete(key); // the newest stands last
  await cache.put(key, answer);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - STATE_MAX))) await cache.delete(old);
}
