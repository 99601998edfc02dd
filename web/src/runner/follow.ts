// Whom this reader follows, kept on their own device and nowhere else.
import type { EventInfo } from "../contract.js";

export interface Followed {
  race: string;
  bib: string;
  name: string;
}

/** More than a family and its friends. */
const FOLLOWED_MAX = 24;

const key_of = (event: EventInfo): string => `homestretch.follow.${event.date}.${event.name}`;

/** What a store gave back, as far as it makes sense; anything else is nobody. */
export function parse_followed(text: string | null): Followed[] {
  try {
    const all: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(all)) return [];
    return all.filter((one: unknown): one is Followed => {
      const some = one as Partial<Followed> | null;
      return typeof some?.race === "string" && typeof some.bib === "string" && typeof some.name === "string";
    }).slice(0, FOLLOWED_MAX);
  } catch {
    return [];
  }
}

export function followed(event: EventInfo, store: Pick<Storage, "getItem">): Followed[] {
  try {
    return parse_followed(store.getItem(key_of(event)));
  } catch {
    return []; // a browser may refuse its store
  }
}

export const is_followed = (all: readonly Followed[], race: string, bib: string): boolean =>
  all.some((one) => one.race === race && one.bib === bib);

/** Follows, or no longer; gives whom is followed now. The newest first, the oldest falls off. */
export function toggle(event: EventInfo, who: Followed, store: Storage): Followed[] {
  const before = followed(event, store);
  const without = before.filter((one) => one.race !== who.race || one.bib !== who.bib);
  const now = without.length < before.length ? without : [who, ...without].slice(0, FOLLOWED_MAX);
  try {
    store.setItem(key_of(event), JSON.stringify(now));
  } catch {
    return before;
  }
  return now;
}
