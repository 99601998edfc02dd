// What the service worker keeps, without a service worker, so that it can be tested.

export const SHELL_CACHE_PREFIX = "homestretch-shell-";
/** The page without first content: what the server puts in is old by the time it is kept. */
export const EMPTY_PAGE = "./?view=kept";
export const STATE_CACHE = "homestretch-state";

/** Public reads; the rest of the interface is never stored. */
const KEPT = [
  /\/api\/v1\/races$/, /\/api\/v1\/races\/[^/]+\/(results|replay)$/,
  /\/api\/v1\/runners\/[^/]+\/[^/]+$/, /\/api\/v1\/moments$/, /\/api\/v1\/story$/,
];

export const is_kept = (path: string): boolean => KEPT.some((pattern) => pattern.test(path));

/** A name that changes with the files (their names carry hashes). */
export function shell_cache_name(files: readonly string[]): string {
  let hash = 0x811c9dc5; // FNV-1a, 32 bit
  for (const char of files.join("\n")) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  }
  return SHELL_CACHE_PREFIX + hash.toString(16);
}
