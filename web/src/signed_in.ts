// Whether an official signed in on this device: all that the public part needs to know of it.

export const OFFICIAL_KEY = "homestretch.official";

export function has_signed_in(store: Pick<Storage, "getItem">): boolean {
  try {
    return store.getItem(OFFICIAL_KEY) !== null;
  } catch {
    return false; // a browser may refuse its store
  }
}
