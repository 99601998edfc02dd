// The whole race as numbers, and its state at any second: who is where, in which order.
import type { Race, Replay } from "../contract.js";

/** A runner was not seen at a point. */
const NEVER = -1;
/** A pace that nobody runs is a wrong read: nobody is drawn faster than this. */
const METRES_PER_S_MAX = 12;

export interface Counts {
  not_started: number;
  on_course: number;
  finished: number;
  /** Out, or the race is closed, and no later mat ever heard them. */
  gone: number;
}

/**
 * Built once of what the server gives; everything after is a function of the second.
 *
 * Units:  seconds since the first instant, metres from the start.
 * Cost:   building sorts every point, O(points x runners log runners); a state is one pass over the
 *         runners, about a millisecond for 20,000.
 */
export class RaceState {
  readonly runners: number;
  readonly duration_s: number;
  /** Metres of every point, in the order of the replay. */
  readonly metres: Float64Array;
  private readonly points_: number;
  private readonly at_: Int32Array;
  /** For every point the runners seen there, first come first. */
  private readonly order_: Int32Array[];
  /** Nobody expects these at a later mat: the race is closed, or they are out. */
  private readonly ended_: Uint8Array;
  private readonly drawn_: Uint32Array;
  private stamp_ = 0;

  constructor(readonly replay: Replay, race: Race) {
    this.runners = replay.runners.length;
    this.points_ = replay.points.length;
    this.ended_ = Uint8Array.from(replay.runners, ({ status }) =>
      race.closed || (status !== undefined && status !== "RUN" && status !== "FIN") ? 1 : 0);
    this.duration_s = Math.max(1,
      Math.round((Date.parse(replay.last_at ?? "") - Date.parse(replay.first_at ?? "")) / 1000) || 1);
    this.metres = Float64Array.from(replay.points,
      (id) => race.points.find((point) => point.id === id)?.distance_m ?? 0);
    this.at_ = new Int32Array(this.runners * this.points_).fill(NEVER);
    replay.runners.forEach((runner, n) => runner.at_s.forEach((at, point) => {
      if (at !== null && point < this.points_) this.at_[n * this.points_ + point] = Math.max(0, at);
    }));
    this.order_ = replay.points.map((_, point) => this.order_at_point_(point));
    this.drawn_ = new Uint32Array(this.runners);
  }

  /** Seconds at a point, undefined where not seen. */
  at(runner: number, point: number): number | undefined {
    const at = this.at_[runner * this.points_ + point] ?? NEVER;
    return at === NEVER ? undefined : at;
  }

  private order_at_point_(point: number): Int32Array {
    const seen: number[] = [];
    for (let n = 0; n < this.runners; ++n) if (this.at(n, point) !== undefined) seen.push(n);
    // The order of the server decides between two of one second.
    seen.sort((a, b) => (this.at(a, point) ?? 0) - (this.at(b, point) ?? 0) || a - b);
    return Int32Array.from(seen);
  }

  /** How many were seen at a point up to a second. */
  passed(point: number, s: number): number {
    const order = this.order_[point];
    if (!order) return 0;
    let low = 0, high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.at(order[middle] ?? 0, point) ?? 0) <= s) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The order at a second: by the last point passed, and who was there first. Only who has started.
   * Writes runner and point into `into`, pair by pair, and gives how many runners there are.
   */
  order(s: number, into: Int32Array): number {
    this.stamp_ += 1;
    let n = 0;
    for (let point = this.points_ - 1; point >= 0; --point) {
      const order = this.order_[point];
      const passed = this.passed(point, s);
      for (let place = 0; order && place < passed; ++place) {
        const runner = order[place] ?? 0;
        if (this.drawn_[runner] === this.stamp_) continue;
        this.drawn_[runner] = this.stamp_;
        into[2 * n] = runner;
        into[2 * n + 1] = point;
        n += 1;
      }
    }
    return n;
  }

  /** The last point that a runner had passed at a second; undefined before the start. */
  private last_point_(runner: number, s: number): number | undefined {
    for (let point = this.points_ - 1; point >= 0; --point) {
      const at = this.at_[runner * this.points_ + point] ?? NEVER;
      if (at !== NEVER && at <= s) return point;
    }
    return undefined;
  }

  private next_seen_(runner: number, after: number): number | undefined {
    for (let point = after + 1; point < this.points_; ++point) {
      if ((this.at_[runner * this.points_ + point] ?? NEVER) !== NEVER) return point;
    }
    return undefined;
  }

  /**
   * Metres from the start at a second: at an even pace between two mats that heard the runner; in an
   * open race beyond the last one at the pace of the stretch before, at most to the next mat.
   * Undefined before the start, after the finish, and for whoever is out and was never heard again.
   */
  position(runner: number, s: number): number | undefined {
    const last = this.last_point_(runner, s);
    if (last === undefined || last === this.points_ - 1) return undefined;
    const from = this.at(runner, last) ?? 0, from_m = this.metres[last] ?? 0;
    const next = this.next_seen_(runner, last);
    if (next !== undefined) {
      const to = this.at(runner, next) ?? from;
      const share = to > from ? (s - from) / (to - from) : 1;
      return from_m + ((this.metres[next] ?? from_m) - from_m) * Math.min(1, share);
    }
    if (this.ended_[runner]) return undefined;
    const end_m = this.metres[last + 1] ?? from_m;
    return Math.min(end_m, from_m + this.speed_before_(runner, last) * (s - from));
  }

  private speed_before_(runner: number, last: number): number {
    for (let point = last - 1; point >= 0; --point) {
      const at = this.at(runner, point), to = this.at(runner, last);
      if (at === undefined || to === undefined || to <= at) continue;
      const metres = (this.metres[last] ?? 0) - (this.metres[point] ?? 0);
      return Math.min(METRES_PER_S_MAX, metres / (to - at));
    }
    return 0;
  }

  /** How many runners are in each of the equal parts of the course; and the counts. */
  field(s: number, parts: Float32Array): Counts {
    parts.fill(0);
    const length = this.metres[this.points_ - 1] || 1;
    const counts: Counts = { not_started: 0, on_course: 0, finished: 0, gone: 0 };
    for (let runner = 0; runner < this.runners; ++runner) {
      const last = this.last_point_(runner, s);
      if (last === undefined) counts.not_started += 1;
      else if (last === this.points_ - 1) counts.finished += 1;
      else {
        const metres = this.position(runner, s);
        if (metres === undefined) { counts.gone += 1; continue; }
        counts.on_course += 1;
        const part = Math.min(parts.length - 1, Math.floor((metres / length) * parts.length));
        parts[part] = (parts[part] ?? 0) + 1;
      }
    }
    return counts;
  }

  /** Finishers in each of the equal parts of the day. */
  finishers(parts: number): number[] {
    const found = new Array<number>(parts).fill(0);
    for (const runner of this.order_[this.points_ - 1] ?? []) {
      const at = this.at(runner, this.points_ - 1) ?? 0;
      const part = Math.min(parts - 1, Math.floor((at / this.duration_s) * parts));
      found[part] = (found[part] ?? 0) + 1;
    }
    return found;
  }

  /**
   * What height the picture of the field has for "full": the third quarter of the fullest parts over
   * the day. Fixed for a race, so that the picture does not breathe while it plays; the crowd behind
   * a gun goes over it and is cut.
   */
  full(parts: number): number {
    const most: number[] = [];
    const field = new Float32Array(parts);
    for (let n = 1; n < 24; ++n) {
      this.field((this.duration_s * n) / 24, field);
      most.push(field.reduce((a, b) => Math.max(a, b), 0));
    }
    most.sort((a, b) => a - b);
    return Math.max(1, most[Math.floor(most.length * 0.75)] ?? 1);
  }
}

/** Mean over three neighbours, twice: the eye wants a crowd, not parts. */
export function smooth(parts: Float32Array): Float32Array {
  let from = parts;
  for (let pass = 0; pass < 2; ++pass) {
    from = from.map((value, n) =>
      ((from[n - 1] ?? value) + value + (from[n + 1] ?? value)) / 3);
  }
  return from;
}
