// Who is signed in. The cookie is the server's and cannot be read here; the token is sent once and
// kept nowhere. Role and name are remembered on the device, so that the page opens without a line.
import { ApiError, OfflineError, type Api } from "../api.js";
import { OFFICIAL_KEY } from "../signed_in.js";
import type { Role, Session } from "./official_contract.js";

const ROLES: readonly string[] = ["timer", "referee", "announcer"];

export interface Known {
  role: Role;
  name: string;
}

/** What a store gave back, as far as it makes sense. */
export function parse_known(text: string | null): Known | undefined {
  try {
    const some = JSON.parse(text ?? "null") as Partial<Known> | null;
    if (typeof some?.name !== "string" || !ROLES.includes(String(some.role))) return undefined;
    return { role: some.role as Role, name: some.name };
  } catch {
    return undefined;
  }
}

export function remembered(store: Pick<Storage, "getItem">): Known | undefined {
  try {
    return parse_known(store.getItem(OFFICIAL_KEY));
  } catch {
    return undefined; // a browser may refuse its store
  }
}

function remember(known: Known | undefined): void {
  try {
    if (known) localStorage.setItem(OFFICIAL_KEY, JSON.stringify({ role: known.role, name: known.name }));
    else localStorage.removeItem(OFFICIAL_KEY);
  } catch {
    // Then the page asks the server the next time it opens, as it does anyway.
  }
}

function take(api: Api, session: Session): Known {
  api.csrf = session.csrf;
  const known = { role: session.role, name: session.name };
  remember(known);
  return known;
}

/** Who is signed in; undefined for nobody. OfflineError where nobody can say. */
export async function session_of(api: Api, signal?: AbortSignal): Promise<Known | undefined> {
  try {
    const { data } = await api.get<Session>("api/v1/session", {}, signal);
    return take(api, data);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // 404: a listener without officials. 403 and 401: nobody.
    if (![401, 403, 404].includes(error.status)) throw error;
    api.csrf = undefined;
    remember(undefined);
    return undefined;
  }
}

export async function sign_in(api: Api, token: string, name: string): Promise<Known> {
  return take(api, await api.post<Session>("api/v1/login", { token, name }));
}

/**
 * Writes, with the right of whoever is signed in. Where somebody signed in anew in another window,
 * the server says 403 to the old right: it is asked for once more before that is believed.
 */
export async function write<T>(api: Api, path: string, body: unknown): Promise<T> {
  const right = api.csrf;
  try {
    return await api.post<T>(path, body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    await session_of(api);
    if (api.csrf === undefined || api.csrf === right) throw error;
    return api.post<T>(path, body);
  }
}

/** The device forgets who it was even where the server cannot be told. */
export async function sign_out(api: Api): Promise<void> {
  try {
    await api.post("api/v1/logout", {});
  } catch (error) {
    if (!(error instanceof ApiError) && !(error instanceof OfflineError)) throw error;
  } finally {
    api.csrf = undefined;
    remember(undefined);
  }
}

/** Which of the officials' views a role may see. */
export const VIEWS_OF: Readonly<Record<Role, readonly string[]>> = {
  timer: ["console", "align", "referee", "announcer"],
  referee: ["referee", "announcer"],
  announcer: ["announcer"],
};
