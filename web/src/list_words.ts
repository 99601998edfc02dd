// Which list the results are, in words; without a browser.
import type { AsOf, Race } from "./contract.js";
import type { Format } from "./format.js";
import type { Words } from "./words/index.js";

interface Told {
  words: Words;
  format: Format;
  races: readonly Race[];
}

/**
 * "published", "version 2", "protests until 15:00": of the race asked for, else of the only one; of
 * several races together only what holds of all.
 */
export function list_words({ words, format, races }: Told, asked: string | undefined, as_of: AsOf): string[] {
  const race = races.length === 1 ? races[0] : races.find((one) => one.id === asked);
  if (race?.list === undefined) return [words[as_of.status]];
  const out = [words[race.list]];
  if (race.version !== undefined) {
    out.push(race.list === "provisional" ? words.changed_since(race.version) : words.version(race.version));
  }
  if (race.protest_until_at !== undefined) {
    const over = Date.parse(race.protest_until_at) <= Date.parse(as_of.at);
    const time = format.minute(race.protest_until_at);
    out.push(over ? words.protests_were_until(time) : words.protests_until(time));
  }
  return out;
}
