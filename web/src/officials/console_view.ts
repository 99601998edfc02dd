import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { asked_bib, bib_workspace } from "./bib_workspace.js";
import { mat_list, mirror_words, reader_list } from "./device_lists.js";
import { TIMER_KINDS, type Draft } from "./facts.js";
import { clock_off_ms, mats_of } from "./health.js";
import type { ConsoleState } from "./official_contract.js";
import { OfficialsView } from "./officials_view.js";
import { read_store, write_store } from "./store.js";
import { TODO_SHOWN, todo_filter, todo_list, type TodoShown } from "./todo_list.js";
import "./fact_form.js";
import "./hand_pad.js";
import "./notes.js";
import "./read_files.js";
import "./console_view.css";

const MATS_KEY = "homestretch.console.mats";
const CLOCK_MS = 60_000;
const MATS_KEPT = 200;

function known_mats(): string[] {
  try {
    const some: unknown = JSON.parse(read_store(MATS_KEY) ?? "[]");
    return Array.isArray(some) ? some.filter((one): one is string => typeof one === "string").slice(0, MATS_KEPT) : [];
  } catch {
    return [];
  }
}

/** The timer's screen: what needs a person, what the devices do, times by hand, corrections. */
class ConsoleView extends OfficialsView {
  static override properties = {
    ...OfficialsView.properties, told_: { state: true }, shown_: { state: true }, preset_: { state: true },
    mats_: { state: true }, clock_off_: { state: true },
  };

  private declare told_: ConsoleState | undefined;
  private declare shown_: number;
  private declare preset_: Partial<Draft> | undefined;
  private declare mats_: string[];
  /** How far this device's clock is off, where that is known and matters. */
  private declare clock_off_: number | undefined;
  private told_at_ = 0;
  private tick_: ReturnType<typeof setInterval> | undefined;
  private clock_tick_: ReturnType<typeof setInterval> | undefined;

  protected readonly view_name = "console";
  protected readonly poll_ms = 3_000;

  constructor() {
    super();
    this.shown_ = TODO_SHOWN;
    this.mats_ = known_mats();
  }

  protected get has_content(): boolean {
    return this.told_ !== undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tick_ = setInterval(() => { if (!document.hidden) this.requestUpdate(); }, 1_000);
    this.clock_tick_ = setInterval(() => void this.compare_clocks_(), CLOCK_MS);
    void this.compare_clocks_();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.tick_);
    clearInterval(this.clock_tick_);
  }

  /** Times by hand carry the clock of this device: a wrong one has to be seen before. */
  private async compare_clocks_(): Promise<void> {
    try {
      const began = Date.now();
      const answer = await fetch(this.context.api.url("healthz"), { cache: "no-store" });
      this.clock_off_ = clock_off_ms((began + Date.now()) / 2, answer.headers.get("date"));
    } catch {
      // Without the server there is nothing to compare with.
    }
  }

  protected override async read(signal: AbortSignal): Promise<void> {
    const { data } = await this.context.api.get<ConsoleState>("api/v1/console", {}, signal);
    this.told(data.as_of);
    this.told_ = data;
    this.told_at_ = Date.now();
    const mats = mats_of(data);
    if (mats.length > 0 && mats.join() !== this.mats_.join()) {
      this.mats_ = mats;
      write_store(MATS_KEY, JSON.stringify(mats));
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("route");
    const bib = asked_bib(this.route.params);
    if (before && bib && bib !== asked_bib(before.params)) this.look_at_("runner-head");
  }

  private look_at_(id: string): void {
    const head = document.getElementById(id);
    head?.scrollIntoView({ block: "start" });
    head?.focus({ preventScroll: true });
  }

  private correct_(preset: Partial<Draft>): void {
    this.preset_ = { ...preset };
    void this.updateComplete.then(() => this.look_at_("correction-head"));
  }

  /** Where the race is: the later of this device's clock and the server's, so that silence shows. */
  private get now_ms_(): number {
    const told = Date.parse(this.told_?.as_of.at ?? "") + (Date.now() - this.told_at_);
    return Math.max(Date.now(), Number.isNaN(told) ? 0 : told);
  }

  protected override draw(): TemplateResult {
    const words = this.own_words;
    if (!this.told_ && !this.trouble) return html`<div class="waiting"></div>`;
    return html`<h1 class="unseen">${this.context.words.console}</h1>${this.jump_()}
      ${this.told_?.recording_only ? html`<p class="alarm" role="alert">${words.recording_only}</p>` : nothing}
      ${this.clock_off_ === undefined ? nothing : html`<p class="problem" role="alert">${
        words.clock_off(this.context.format.count(Math.round(Math.abs(this.clock_off_) / 1000)))}</p>`}
      <div class="co-two">
        <section aria-labelledby="todo-head"><h2 id="todo-head">${words.to_do}</h2>${this.todo_()}</section>
        <section aria-labelledby="hand-head" class="co-hand"><h2 id="hand-head">${words.hand}</h2>
          <hs-hand-pad .context=${this.context} .words=${words} .mats=${this.mats_}></hs-hand-pad></section>
      </div>
      ${this.devices_()}${this.files_()}${this.runner_()}${this.race ? this.notes_section(this.race, this.told_?.as_of.seq) : nothing}`;
  }

  /** Where the parts of a long page are. */
  private jump_(): TemplateResult {
    const words = this.own_words;
    const parts = [["todo", words.to_do], ["hand", words.hand], ["readers", words.readers],
      ["mats", words.mats], ...(this.known?.role === "timer" ? [["files", words.files] as const] : []), ["runner", words.a_bib], ["correction", words.correction],
      ["notes", words.notes]] as const;
    return html`<nav class="tabs co-jump" aria-label=${this.context.words.console}>${parts.map(([id, name]) =>
      html`<a href="#${id}-head">${name}</a>`)}</nav>`;
  }

  private todo_(): TemplateResult {
    const { told_: told, context } = this;
    const words = this.own_words;
    if (!told) return html`<p class="quiet">${words.cannot_ask}</p>`;
    const shown: TodoShown = { view: "console", severity: this.route.params["severity"], text: this.route.params["find"],
      shown: this.shown_, on_more: (more) => { this.shown_ = more; }, on_correct: (preset) => this.correct_(preset) };
    const overdue = Object.entries(told.expected ?? {}).filter(([, count]) => count > 0);
    return html`${overdue.length === 0 ? nothing : html`<p class="overdue">${overdue.map(([point, count], n) => html`${
        n > 0 ? " · " : nothing}${words.overdue_at(context.format.count(count), context.format.point(point))}`)}</p>`}
      ${told.attention.length === 0 ? nothing : todo_filter(context, words, told.attention, shown)}
      ${todo_list(context, words, told.attention, words.nothing_to_do, shown)}`;
  }

  private devices_(): TemplateResult | typeof nothing {
    const { told_: told, context } = this;
    const words = this.own_words;
    if (!told) return nothing;
    const mirror = mirror_words(words, context, told.mirror);
    return html`<section aria-labelledby="readers-head"><h2 id="readers-head">${words.readers}</h2>
        ${reader_list(context, words, told.readers, this.now_ms_)}</section>
      <section aria-labelledby="mats-head"><h2 id="mats-head">${words.mats}</h2>${mat_list(context, words, told.mats)}
        <p class=${mirror.bad ? "problem" : "quiet"}>${mirror.text}</p></section>`;
  }

  private files_(): TemplateResult | typeof nothing {
    const words = this.own_words;
    if (this.known?.role !== "timer") return nothing;
    return html`<section aria-labelledby="files-head"><h2 id="files-head">${words.files}</h2>
      <p class="quiet">${words.files_hint}</p>
      <hs-read-files .context=${this.context} .words=${words}></hs-read-files></section>`;
  }

  private runner_(): TemplateResult | typeof nothing {
    const race = this.race;
    const words = this.own_words;
    if (!race) return nothing;
    const signed_out = (): void => this.session_ended();
    return html`<div class="co-two is-even" @preset=${(event: CustomEvent<Partial<Draft>>) => this.correct_(event.detail)}
        @written=${() => this.refresh()} @signed-out=${signed_out}>
      <section aria-labelledby="runner-head"><h2 id="runner-head" tabindex="-1">${words.a_bib}</h2>
        ${bib_workspace(this.context, words, race.id, asked_bib(this.route.params), this.told_?.as_of.seq)}</section>
      <section aria-labelledby="correction-head"><h2 id="correction-head" tabindex="-1">${words.correction}</h2>
        <hs-fact-form .context=${this.context} .words=${words} .kinds=${TIMER_KINDS} .race=${race}
          .author=${this.known?.name ?? ""} .preset=${this.preset_}></hs-fact-form></section></div>`;
  }
}

customElements.define("hs-console", ConsoleView);
