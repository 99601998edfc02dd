import type { Problem } from "./contract.js";

/** The header by which our service worker says that an answer is from the last time on line. */
export const SAVED_HEADER = "x-homestretch-saved";
/** How many answers are kept to be compared by ETag. */
const KEPT_MAX = 64;

/** The server answered, and it was no. `status` and `detail` are its own words (RFC 9457). */
export class ApiError extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string) {
    super(detail || title);
    this.name = "ApiError";
  }
}

/** Nobody answered. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super("no answer from the server", { cause });
    this.name = "OfflineError";
  }
}

/** Does this pass by itself: no line, a server in trouble, too many at once? */
export const is_passing = (error: unknown): boolean => error instanceof OfflineError ||
  (error instanceof ApiError && (error.status === 429 || error.status >= 500));

export interface Answer<T> {
  data: T;
  /** The same object as last time: nothing changed since (304). */
  same: boolean;
  /** From the service worker's store, because the server did not answer. */
  saved: boolean;
}

export type Query = Record<string, string | number | undefined>;

/** Was this the page's own doing, or nothing to tell anybody? */
export const is_aborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

/** Path and query of a request, without what is absent. Order of keys is kept: it is the cache's. */
export function address(path: string, query: Query = {}): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") asked.set(key, String(value));
  }
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * The one way to the server. Every read asks with the ETag of the last answer.
 *
 * Errors: `ApiError` where the server refused, `OfflineError` where nobody answered; an abort comes
 * out as it is (`is_aborted`).
 */
export class Api {
  /** What writes with a cookie must carry; set by whoever signs in. */
  csrf: string | undefined;
  /** Called after each answer: did the server itself speak? */
  on_reached: (reached: boolean) => void = () => {};
  private readonly kept_ = new Map<string, { etag: string; data: unknown }>();

  constructor(private readonly base_: string | URL, private readonly fetch_: typeof fetch) {}

  /** The absolute address of a path such as `api/v1/races`. */
  url(path: string, query?: Query): string {
    return new URL(address(path, query), this.base_).href;
  }

  async get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> {
    const url = this.url(path, query);
    const known = this.kept_.get(url);
    const headers: Record<string, string> = { accept: "application/json" };
    if (known) headers["if-none-match"] = known.etag;
    const answer = await this.send_(url, { headers, ...(signal ? { signal } : {}) });
    const saved = answer.headers.has(SAVED_HEADER);
    this.on_reached(!saved);
    if (answer.status === 304 && known) return { data: known.data as T, same: true, saved };
    if (!answer.ok) throw await problem_of(answer);
    const etag = answer.headers.get("etag");
    if (saved && known && etag === known.etag) return { data: known.data as T, same: true, saved };
    const data = (await answer.json()) as T;
    if (etag) this.keep_(url, etag, data);
    return { data, same: false, saved };
  }

  async post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (this.csrf) headers["x-csrf-token"] = this.csrf;
    const answer = await this.send_(this.url(path),
      { method: "POST", headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) });
    this.on_reached(true);
    if (!answer.ok) throw await problem_of(answer);
    const text = await answer.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  private async send_(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch_(url, { credentials: "same-origin", ...init });
    } catch (error) {
      if (is_aborted(error)) throw error;
      this.on_reached(false);
      throw new OfflineError(error);
    }
  }

  private keep_(url: string, etag: string, data: unknown): void {
    this.kept_.delete(url);
    this.kept_.set(url, { etag, data });
    if (this.kept_.size <= KEPT_MAX) return;
    const [oldest] = this.kept_.keys();
    if (oldest !== undefined) this.kept_.delete(oldest);
  }
}

async function problem_of(answer: Response): Promise<Error> {
  // What stands between us and the server (a proxy, our own worker) says 502 to 504.
  if (answer.status >= 502 && answer.status <= 504) return new OfflineError(answer.status);
  try {
    const said = (await answer.json()) as Partial<Problem>;
    return new ApiError(answer.status, said.title ?? answer.statusText, said.detail ?? "");
  } catch {
    return new ApiError(answer.status, answer.statusText, "");
  }
}
