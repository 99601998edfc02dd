// Officials need their page most when the network is gone: the files of it that are open are kept on
// this device, once somebody has signed in. Phones of the public never have them.

const CACHE = "homestretch-officials";

/** Keeps the files that this page loaded; those of an older build go. Answers are never kept. */
export async function keep_for_offline(): Promise<void> {
  if (!("caches" in globalThis) || !import.meta.env.PROD) return;
  const files = performance.getEntriesByType("resource").map((one) => new URL(one.name))
    .filter((url) => url.origin === location.origin && url.pathname.includes("/assets/"))
    .map((url) => url.href);
  try {
    const cache = await caches.open(CACHE);
    const wanted = new Set(files);
    for (const kept of await cache.keys()) if (!wanted.has(kept.url)) await cache.delete(kept);
    const known = new Set((await cache.keys()).map((kept) => kept.url));
    await cache.addAll([...wanted].filter((file) => !known.has(file)));
  } catch {
    // Then the page needs the network to open, as any other.
  }
}
