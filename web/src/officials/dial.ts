// Times as people write them, on the dial of the event, into what facts carry.
import type { EventInfo } from "../contract.js";

/** How far the zone of the event is ahead of UTC at an instant. */
export function offset_ms(instant: number, event: EventInfo): number {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: event.timezone, hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
      second: "2-digit" }).formatToParts(instant);
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const dial = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
    return dial - Math.floor(instant / 1000) * 1000;
  } catch {
    return event.utc_offset_s * 1000;
  }
}

const TIME = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,6}))?$/;

/**
 * "9:46:15.25" or "2026-05-09 0:10:00" on the event's dial as an instant, RFC 3339 UTC; undefined
 * where it is no time. Without a date it is the event's. Digits behind the second stay as written.
 */
export function instant_of(text: string, event: EventInfo): string | undefined {
  const found = TIME.exec(text.trim());
  if (!found) return undefined;
  const [, date = event.date, hours, minutes, seconds, fraction] = found;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const dial = Date.parse(`${date}T${String(hours).padStart(2, "0")}:${minutes}:${seconds}Z`);
  if (Number.isNaN(dial)) return undefined;
  let instant = dial - offset_ms(dial, event);
  instant = dial - offset_ms(instant, event); // where the clocks change in between
  return new Date(instant).toISOString().slice(0, 19) + (fraction ? `.${fraction}` : "") + "Z";
}

const AMOUNT = /^([+\-−]?)(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:[.,](\d{1,6}))?$/;
const two = (value: number): string => String(value).padStart(2, "0");

/** "2:00", "-30", "1:02:00.5" as "+0:02:00"; undefined where it is no length of time, or none. */
export function amount_of(text: string): string | undefined {
  const found = AMOUNT.exec(text.trim());
  if (!found) return undefined;
  const [, sign, hours = "0", minutes, seconds = "0", fraction] = found;
  if (minutes !== undefined && Number(seconds) > 59) return undefined;
  if (hours !== "0" && Number(minutes) > 59) return undefined;
  const all = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  if (!Number.isSafeInteger(all) || all > 86_400) return undefined;
  if (all === 0 && !/[1-9]/.test(fraction ?? "")) return undefined;
  const written = `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return (sign === "" || sign === "+" ? "+" : "-") + written + (fraction ? `.${fraction}` : "");
}

/** 1 to 12 printable ASCII characters without comma or blank. */
export const is_bib = (text: string): boolean => /^[!-+\--~]{1,12}$/.test(text);
