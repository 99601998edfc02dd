// The JSON of docs/http-api.md, as far as the public views read it. Times are whole milliseconds
// (`*_ms`), instants RFC 3339 UTC (`*_at`), lengths metres. What is absent has no key.

/** The place in the log that something is known up to. Given back as it came, never computed with. */
export type Seq = string | number;

/** What sort of list results are. */
export type ListKind = "provisional" | "published" | "official";

export interface AsOf {
  seq: Seq;
  version?: number;
  status: ListKind;
  at: string;
}

export interface List<Item> {
  as_of: AsOf;
  items: Item[];
  next?: string;
}

export type Sex = "F" | "M" | "X";
export type Status = "ENT" | "RUN" | "UNR" | "FIN" | "DNS" | "DNF" | "DSQ" | "OOC" | "DEF" | "STP";
export type Theme = "together" | "perseverance" | "return" | "devotion" | "underdog" | "line" |
  "mastery" | "beginning" | "shared";

export interface EventInfo {
  name: string;
  date: string;
  timezone: string;
  utc_offset_s: number;
  language?: string;
}

export interface Point {
  id: string;
  distance_m: number;
  spotter?: boolean;
}

export interface Division {
  id: string;
  sex?: Sex;
  mode?: string;
  age_min?: number;
  age_max?: number;
  primary?: boolean;
}

export interface Race {
  id: string;
  name: string;
  distance_m: number;
  rank_by: "gun" | "net" | "clock";
  rules: string;
  first_gun_at?: string;
  closed: boolean;
  cancelled: boolean;
  /** What sort of list the results of the race are, of which version, and since when. */
  list?: ListKind;
  version?: number;
  published_at?: string;
  protest_until_at?: string;
  /** What was decided about the race, as sentences. */
  rulings?: string[];
  /** How many prize lists it has. */
  awards?: number;
  points: Point[];
  waves: { id: string; gun_at?: string }[];
  divisions: Division[];
  counts: { entered: number; started: number; running: number; finished: number };
}

export interface Races extends List<Race> {
  event: EventInfo;
}

export interface Projected {
  ms: number;
  low_ms: number;
  high_ms: number;
  overdue?: boolean;
}

export interface Row {
  bib: string;
  name: string;
  sex?: Sex;
  age?: number;
  division?: string;
  club?: string;
  status: Status;
  place?: number;
  shared?: boolean;
  place_sex?: number;
  place_division?: number;
  /** In the same orders, at the point before. */
  place_before?: number;
  place_sex_before?: number;
  place_division_before?: number;
  official_ms?: number;
  gun_ms?: number;
  net_ms?: number;
  clock_ms?: number;
  point_ms?: number;
  last?: { point: string; net_ms?: number; at: string };
  projected?: Projected;
  moments?: string[];
}

export interface Results extends List<Row> {
  race: string;
  point: string;
  total: number;
}

/** A list of prizes: who would win them now. */
export interface AwardList {
  id: string;
  division?: string;
  places?: number;
  winners: { place: number; shared?: boolean; bib: string; name: string; official_ms?: number }[];
  /** Nobody on the course can change it any more. */
  locked: boolean;
  could_change_it?: number;
  open_until_at?: string;
}

export interface Awards extends List<AwardList> {
  race: string;
  /** When it was worked out. */
  awards_at: string;
}

export interface Split {
  point: string;
  /** What the time comes from. */
  by?: "chip" | "backup" | "hand" | "official";
  at?: string;
  net_ms?: number;
  gun_ms?: number;
  place?: number;
  place_sex?: number;
  place_division?: number;
  missed?: { low_ms: number; high_ms: number };
}

export interface Fan {
  point: string;
  /** Pairs of share and finish time, shares rising. */
  shares_ms: [number, number][];
}

/** What an archive surely has of somebody's earlier races; `here` are editions of this race. */
export interface Before {
  races: number;
  here: number;
  last_year: number;
  best_ms?: number;
  best_race?: string;
  best_year?: number;
}

export interface RunnerInfo extends Row {
  team?: string;
  mode?: string;
  wave?: string;
  start_source?: string;
  gun_at?: string;
  start_at?: string;
  start_offset_ms?: number;
  penalty_ms?: number;
  clause?: string;
  splits: Split[];
  fan?: Fan[];
  next?: { point: string; low_at: string; at: string; high_at: string };
  before?: Before;
}

export interface Runner {
  as_of: AsOf;
  runner: RunnerInfo;
  moments: Moment[];
}

export interface Evidence {
  what: string;
  from?: string;
  to?: string;
  bibs?: string[];
  seconds?: number;
  expected_seconds?: number;
  expected_90?: [number, number];
  given?: string;
  name?: string;
  rank_in_field?: number;
  of?: number;
  years?: number;
  next_years?: number;
}

export interface Moment {
  id: string;
  kind: string;
  theme: Theme;
  race: string;
  bibs: string[];
  score?: number;
  net_bits?: number;
  shelf?: boolean;
  headline: string;
  text: string;
  evidence: Evidence[];
  at?: string;
}

/** How the field came in, in bars of so many minutes. */
export interface River {
  from_at: string;
  minutes: number;
  finishers: number[];
}

export interface Story {
  as_of: AsOf;
  headline: string;
  races: { race: string; headline?: string; day?: string; moments: Moment[] }[];
  /** Absent before the first finisher. */
  river?: River;
}

export interface ReplayRunner {
  bib: string;
  name: string;
  sex?: Sex;
  division?: string;
  status?: Status;
  /** Whole seconds since `first_at`, by point; null where not seen. */
  at_s: (number | null)[];
}

export interface ReplayMoment {
  id: string;
  at_s: number;
  headline: string;
  theme: Theme;
  bibs: string[];
}

export interface Replay {
  as_of: AsOf;
  race: string;
  /** Absent before anything happened. */
  first_at?: string;
  last_at?: string;
  points: string[];
  runners: ReplayRunner[];
  moments: ReplayMoment[];
}

export type ChangeKind = "split" | "result" | "status" | "moment" | "withdrawn" | "gun" | "version";

export interface Change {
  seq: Seq;
  at: string;
  race: string;
  bib?: string;
  kind: ChangeKind;
  orders?: string[];
  moment?: string;
}

/** RFC 9457. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
}
