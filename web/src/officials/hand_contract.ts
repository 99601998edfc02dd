// GET /api/v1/hand, as docs/http-api.md describes it.
import type { AsOf } from "../contract.js";

export interface HandListInfo {
  id: string;
  kind: "times" | "bibs";
  name: string;
  from?: string;
  lines: number;
}

export interface TimeLine {
  line: number;
  at: string;
}

export interface BibLine {
  line: number;
  /** Absent: nobody saw the number. */
  bib?: string;
  /** Absent: nobody of the races of this mat has the bib. */
  race?: string;
  name?: string;
  /** When a chip was heard here last. */
  heard_at?: string;
}

export interface HandPair {
  time: number;
  bib: number;
  by: "accepted" | "chip" | "count";
}

export interface HandAccepted {
  seq: number;
  race: string;
  bib: string;
  at: string;
  by: string;
}

export interface HandState {
  as_of: AsOf;
  race: string;
  mat: string;
  /** All mats of the race. */
  mats: string[];
  lists: HandListInfo[];
  times: { list?: string; left_out: number; items: TimeLine[] };
  bibs: { list?: string; left_out: number; items: BibLine[] };
  pairs: HandPair[];
  open: { time_begin: number; time_end: number; bib_begin: number; bib_end: number }[];
  accepted: HandAccepted[];
}

/** What `POST /api/v1/hand/accept` takes. */
export interface HandBlock {
  id: string;
  race: string;
  times: string;
  pairs: { line: number; at: string; bib: string; race?: string }[];
}
