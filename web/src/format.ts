import type { EventInfo, Projected, Race } from "./contract.js";
import type { Words } from "./words/index.js";

const MINUS = "−";
const two = (value: number): string => String(value).padStart(2, "0");

/** "1:31:44", or "31:44" below an hour; cut to the second, never rounded up. */
export function clock(ms: number): string {
  if (ms < 0) return MINUS + clock(-ms);
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}${tail}` : `${minutes}${tail}`;
}

/** "+0:31"; nothing for who leads. */
export const gap = (ms: number): string => (ms > 0 ? `+${clock(ms)}` : "");

/** Minutes and seconds a kilometre, cut; undefined where there is no length. */
export function pace(ms: number, metres: number): string | undefined {
  return metres > 0 && ms >= 0 ? clock((ms / metres) * 1000) : undefined;
}

/** "30K", "half way" and so on: how people name a point. */
export function point_name(id: string, words: Words): string {
  const kilometres = /^(\d+(?:\.\d+)?)k$/i.exec(id)?.[1];
  if (kilometres) return words.kilometre_point(kilometres);
  if (id === "half") return words.half_way;
  if (id === "start") return words.start;
  if (id === "finish") return words.finish;
  return id;
}

/** Everything that depends on the event: its language, its zone, its decimal sign. */
export class Format {
  private readonly time_: Intl.DateTimeFormat;
  private readonly day_: Intl.DateTimeFormat;
  private readonly count_: Intl.NumberFormat;
  private readonly decimal_: string;

  constructor(readonly words: Words, private readonly event_: EventInfo) {
    const language = words.language;
    const timeZone = zone_of(event_);
    this.time_ = new Intl.DateTimeFormat("en-GB",
      { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.day_ = new Intl.DateTimeFormat(language,
      { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
    this.count_ = new Intl.NumberFormat(language);
    this.decimal_ = new Intl.NumberFormat(language).formatToParts(0.5)
      .find((part) => part.type === "decimal")?.value ?? ".";
  }

  /** "11:42:07" on the dial of the event; an offset is added by hand where the zone is unknown. */
  time(at: string): string {
    const instant = Date.parse(at);
    if (Number.isNaN(instant)) return "";
    const known = zone_of(this.event_) !== "UTC" || this.event_.timezone === "UTC";
    return this.time_.format(known ? instant : instant + this.event_.utc_offset_s * 1000);
  }

  /** "11:42". */
  minute(at: string): string {
    return this.time(at).slice(0, 5);
  }

  /** "8 May 2026". */
  day(date: string): string {
    const at = Date.parse(`${date}T00:00:00Z`);
    return Number.isNaN(at) ? date : this.day_.format(at);
  }

  count(value: number): string {
    return this.count_.format(value);
  }

  /** A split with tenths, cut: "31:44.5". */
  tenths(ms: number): string {
    return clock(ms) + this.decimal_ + (Math.floor(Math.abs(ms) / 100) % 10);
  }

  /** An official time with the digits its rules gave it: "2:05:57", "3:59.54". */
  official(ms: number): string {
    const hundredths = Math.round((ms % 1000) / 10);
    return clock(ms) + (hundredths === 0 ? "" : this.decimal_ + two(hundredths));
  }

  /** "4:12 (4:05–4:21)": hours and minutes for long races, with seconds below an hour. */
  projected(value: Projected): string {
    const long = value.low_ms >= 3_600_000;
    const text = (ms: number): string => (long ? hours_minutes(ms) : clock(ms));
    return `${text(value.ms)} (${text(value.low_ms)}–${text(value.high_ms)})`;
  }

  point(id: string): string {
    return point_name(id, this.words);
  }

  /** "21.1 km", "800 m". */
  length(metres: number): string {
    if (metres < 1000) return `${this.count(metres)} m`;
    return `${this.count_.format(Math.round(metres / 100) / 10)} km`;
  }
}

/** "4:12", to the nearest minute. */
export function hours_minutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}

function zone_of(event: EventInfo): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: event.timezone });
    return event.timezone;
  } catch {
    return "UTC";
  }
}

/** Metres from the start of a point of the race; undefined where it has no such point. */
export function distance_of(race: Race, point: string): number | undefined {
  return race.points.find((one) => one.id === point)?.distance_m;
}
