import { LitElement } from "lit";
import { is_passing, is_aborted, type Api } from "./api.js";
import type { AsOf, Change, EventInfo, Race } from "./contract.js";
import type { Format } from "./format.js";
import type { Live, Line } from "./live.js";
import type { Route, Router } from "./route.js";
import type { Words } from "./words/index.js";

/** What every view is given. The same object until language or event change. */
export interface Context {
  api: Api;
  live: Live;
  router: Router;
  words: Words;
  format: Format;
  event: EventInfo;
  races: readonly Race[];
}

/** Several triggers within this become one reading. */
const REFRESH_MS_MIN = 1_000;
/** After what passes by itself (no line, too many at once) it is read again. */
const AGAIN_MS = 5_000;

/**
 * What a view is made of: an element without a shadow (one style sheet, plain anchors), given
 * `context` and `route`, that reads in `load` and draws in `render`.
 *
 * `load` runs when the view opens, after `resync`, when the line is back and, at most once a second,
 * after changes that `concerns` says yes to. A newer call aborts the older by its signal. A hidden
 * page reads nothing; it reads once when it is seen again.
 */
export abstract class View extends LitElement {
  static override properties = {
    context: { attribute: false }, route: { attribute: false }, trouble: { state: true },
  };

  declare context: Context;
  declare route: Route;
  /** What `load` failed with last, to be shown; undefined after a good one. */
  declare trouble: Error | undefined;

  private loading_: AbortController | undefined;
  private removers_: (() => void)[] = [];
  private due_: ReturnType<typeof setTimeout> | undefined;
  private loaded_at_ = 0;
  private line_: Line = "connecting";

  /** Reads what the view shows. Says `told(as_of)` of what it got. */
  protected abstract load(signal: AbortSignal): Promise<void>;

  /** Does a change touch what is shown? */
  protected concerns(change: Change): boolean {
    return change.race === this.race?.id;
  }

  /** For views that mark what changed; called before any reading. */
  protected on_changes(_changes: Change[]): void {}

  /** The least time between two readings. */
  protected get refresh_ms(): number {
    return REFRESH_MS_MIN;
  }

  /** The race of the address, else the first; undefined where there is none. */
  get race(): Race | undefined {
    const asked = this.route.params["race"];
    return this.context.races.find((race) => race.id === asked) ?? this.context.races[0];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const seen = (): void => { if (!document.hidden && this.due_ === undefined) this.refresh(); };
    document.addEventListener("visibilitychange", seen);
    this.removers_ = [
      () => document.removeEventListener("visibilitychange", seen),
      this.context.live.add({
        on_changes: (changes) => {
          this.on_changes(changes);
          if (changes.some((change) => this.concerns(change))) this.refresh();
        },
        on_resync: () => this.refresh(),
        on_line: (line) => {
          if (line === "live" && this.line_ === "offline") this.refresh();
          this.line_ = line;
        },
      }),
    ];
    this.line_ = this.context.live.line;
    void this.load_now();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const remove of this.removers_) remove();
    this.loading_?.abort();
    clearTimeout(this.due_);
    this.due_ = undefined;
  }

  /** Reads soon: at most once a second, and not while the page is hidden. */
  refresh(): void {
    if (this.due_ !== undefined || document.hidden || !this.isConnected) return;
    const wait = Math.max(0, this.loaded_at_ + this.refresh_ms - Date.now());
    this.due_ = setTimeout(() => { this.due_ = undefined; void this.load_now(); }, wait);
  }

  /** Reads now; what was being read is let go. */
  async load_now(): Promise<void> {
    this.loading_?.abort();
    const own = new AbortController();
    this.loading_ = own;
    this.loaded_at_ = Date.now();
    try {
      await this.load(own.signal);
      if (!own.signal.aborted) this.trouble = undefined;
      this.tell_settled_();
    } catch (error) {
      if (is_aborted(error) || own.signal.aborted) return;
      this.tell_settled_();
      this.trouble = error instanceof Error ? error : new Error(String(error));
      if (is_passing(error)) setTimeout(() => this.refresh(), AGAIN_MS);
    }
  }

  /** There is something to see, if only what went wrong. */
  private tell_settled_(): void {
    void this.updateComplete.then(() => this.dispatchEvent(new CustomEvent("settled", { bubbles: true })));
  }

  /** Tells the page how old what is shown is. */
  protected told(as_of: AsOf): void {
    this.dispatchEvent(new CustomEvent<AsOf>("told", { detail: as_of, bubbles: true }));
  }

  /** Names what is shown, for the title of the window; until another view opens. */
  protected named(title: string): void {
    this.dispatchEvent(new CustomEvent<string>("named", { detail: title, bubbles: true }));
  }

  /** Says a sentence to who hears the page instead of seeing it. */
  protected say(sentence: string): void {
    this.dispatchEvent(new CustomEvent<string>("say", { detail: sentence, bubbles: true }));
  }
}
