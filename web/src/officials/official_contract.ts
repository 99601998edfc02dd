// The JSON of docs/http-api.md, part "For officials". None of it is on the public listener, and the
// service worker stores none of it.
import type { AsOf, Before, Moment, Status } from "../contract.js";

export type Role = "timer" | "referee" | "announcer";

export type Witness = "official" | "announcer" | "runner" | "volunteer";

export interface Session {
  role: Role;
  name: string;
  csrf: string;
}

export interface Coming {
  bib: string;
  name: string;
  say?: string;
  expected_at?: string;
  in_s?: number;
  /** Of who is in already. */
  at?: string;
  place?: number;
  place_sex?: number;
  division?: string;
  club?: string;
  city?: string;
  worth?: { text: string; moment?: Moment["id"] };
  private?: boolean;
  before?: Before;
}

export interface Announcing {
  as_of: AsOf;
  point: string;
  spotter?: string;
  next: Coming[];
  just_in: Coming[];
}

export type ReaderState = "connected" | "listening" | "connecting" | "failed";

export interface Reader {
  id: string;
  device: string;
  address: string;
  state: ReaderState;
  peer?: string;
  name?: string;
  locations?: string[];
  mats?: string[];
  last_read_at?: string;
  reads: number;
  reads_per_minute?: number[];
  bad?: number;
  last_bad?: string[];
  acknowledges?: boolean;
  spool_bytes?: number;
  clock_ahead_ms?: number;
  battery_percent?: number;
  trouble?: string;
}

export interface MatMinute {
  at: string;
  heard: number;
  passed: number;
}

export interface Mat {
  id: string;
  heard: number;
  passed: number;
  minutes?: MatMinute[];
}

export type Severity = "act" | "look" | "note";

export interface Attention {
  severity: Severity;
  kind: string;
  race?: string;
  bib?: string;
  mat?: string;
  fact?: number;
  what: string;
  do?: string;
  steps?: Step[];
}

/** A piece of what to do: words, or a form of the page with what is known of it. */
export interface Step {
  text?: string;
  /** A decision as facts name it, or "explain". */
  form?: string;
  race?: string;
  bib?: string;
  wave?: string;
  clause?: string;
  /** What an undo takes back. */
  fact?: number;
}

export interface ConsoleState {
  as_of: AsOf;
  readers: Reader[];
  mats: Mat[];
  attention: Attention[];
  /** How many are overdue, by point. */
  expected?: Record<string, number>;
  mirror?: { path: string; state: string; behind?: number };
  recording_only: boolean;
}

/** What reading the event folder again brought. */
export interface TakenFolder {
  /** What a changed event file changes, a sentence each; English, with the words of the file. */
  event: string[];
  entries: number;
  rulings: number;
  reads: number;
}

/** A fact as a line of rulings.jsonl; which keys there are depends on the fact. */
export interface FactLine {
  fact: string;
  ruling?: string;
  race?: string;
  bib?: string;
  mat?: string;
  wave?: string;
  at?: string;
  amount?: string;
  clause?: string;
  reason?: string;
  reads?: number[];
  point?: string;
  to_point?: string;
  with?: string[];
  to?: string;
  medical_at_hand?: boolean;
  advantage?: boolean;
  from?: string;
  until?: string;
  official?: boolean;
  protest_until?: string;
  device?: string;
  offset?: string;
  kind?: Witness;
  about?: "help" | "storm";
  bibs?: string[];
  text?: string;
  seq?: number;
  by?: string;
  said_at?: string;
}

/** A ruling about a runner or a race, in the order of the log. */
export interface ListedRuling {
  seq: number;
  /** Whom it is about. */
  name?: string;
  state: "holds" | "taken-back" | "moot";
  /** What took it back, or says otherwise since. */
  since?: number;
  fact: FactLine;
}

/** A version of a race's list that went out. */
export interface Version {
  version: number;
  seq: number;
  status: "published" | "official";
  taken_back?: boolean;
  at?: string;
  protest_until_at?: string;
  by: string;
  reason?: string;
  hash?: string;
}

export interface Versions {
  as_of: AsOf;
  race: string;
  list?: "provisional" | "published" | "official";
  /** Who is in no list by sex or age, as sentences. */
  gaps: string[];
  /** The newest first. */
  items: Version[];
}

/** What differs between two versions, in words. */
export interface VersionChanges {
  as_of: AsOf;
  items: { bib: string; who: string; before: string; after: string; reads: number;
    facts: { seq: number; kind: string; words: string }[] }[];
  /** Who only moved because of these. */
  moved?: string;
  awards: string[];
}

export interface Note {
  seq: number;
  kind: Witness;
  race?: string;
  bibs: string[];
  point?: string;
  /** Absent where it is about somebody who is hidden. */
  text?: string;
  by: string;
  at?: string;
  /** Why the story does not tell it, as a word and as a sentence. */
  held?: string;
  words?: string;
}

/** A likelihood with the numbers behind it, for the referee alone; never a verdict. */
export interface Oddity {
  percent: number;
  kind: string;
  race: string;
  bib: string;
  other_bib?: string;
  what: string;
  check_first: string;
  steps?: Step[];
}

export interface RefereeState {
  as_of: AsOf;
  rulings: ListedRuling[];
  integrity: Attention[];
  /** The likeliest first. */
  oddities: Oddity[];
}

export interface ExplainedRead {
  fact: number;
  at: string;
  mat?: string;
  device?: string;
  tag?: string;
  point?: string;
  verdict: string;
  reason?: string;
}

export interface ExplainedPoint {
  point: string;
  at?: string;
  role?: string;
  fact?: number;
  forced?: boolean;
  gun_ms?: number;
  net_ms?: number;
  place?: number;
  earliest_ms?: number;
  latest_ms?: number;
}

export interface Explained {
  race: string;
  bib: string;
  name?: string;
  private?: boolean;
  status: Status;
  official_ms?: number;
  gun_ms?: number;
  net_ms?: number;
  place?: number;
  points: ExplainedPoint[];
  decisions: { fact: number; kind: string; holds: boolean; words: string }[];
  reads: ExplainedRead[];
}
