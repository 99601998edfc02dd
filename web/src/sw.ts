// The service worker: the page opens without a line, with the last state it saw. Only what is public
// is kept; nothing an official reads is ever stored.
import { SAVED_HEADER } from "./api.js";
import { EMPTY_PAGE, is_kept, SHELL_CACHE_PREFIX, shell_cache_name, STATE_CACHE } from "./offline.js";

declare const self: ServiceWorkerGlobalScope;

/** Put in at build time (vite.config.ts): the files of the shell. */
declare const SHELL_FILES: string[];
const SHELL = SHELL_FILES;
const STATE_MAX = 60;
/** After this the last state is better than a wait; the answer is kept when it comes. */
const SLOW_MS = 6_000;

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
    return (await caches.match(EMPTY_PAGE)) ?? Response.error();
  }
}

/** A file with a hash in its name never changes. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** What the server says, kept for when it does not, or not soon: ten thousand phones at a finish. */
async function state(request: Request): Promise<Response> {
  const key = request.url;
  const network = fetch(request).then(async (answer) => {
    if (answer.ok) await keep(key, answer.clone());
    else if (answer.status === 304) void complete(key);
    return answer.status >= 502 && answer.status <= 504 ? undefined : answer;
  });
  const settled = network.catch(() => undefined);
  const first = await Promise.race([settled, wait(SLOW_MS).then(() => saved(key))]);
  if (first) return first;
  const late = await settled;
  if (late) return late;
  if (request.signal.aborted) return network.then(() => Response.error());
  return (await saved(key)) ?? Response.error();
}

const wait = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

/** The last answer that was kept, marked as such. */
async function saved(key: string): Promise<Response | undefined> {
  const kept = await (await caches.open(STATE_CACHE)).match(key);
  if (!kept) return undefined;
  const headers = new Headers(kept.headers);
  headers.set(SAVED_HEADER, "1");
  return new Response(kept.body, { status: 200, headers });
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
