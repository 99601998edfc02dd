import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { asked_bib, bib_workspace } from "./bib_workspace.js";
import { REFEREE_KINDS, type Draft } from "./facts.js";
import type { ListedRuling, Oddity, RefereeState } from "./official_contract.js";
import { OfficialsView } from "./officials_view.js";
import { signed } from "./rulings.js";
import { steps_in_words, TODO_SHOWN, todo_filter, todo_list, type TodoShown } from "./todo_list.js";
import { will_words } from "./will.js";
import "./fact_form.js";
import "./undo_fact.js";
import "./notes.js";
import "./versions.js";
import "./console_view.css";

const RULINGS_STEP = 25;
const ODDITIES_SHOWN = 50;

/** The referee's screen: what was ruled, what is open, and a form that says what it will do. */
class RefereeView extends OfficialsView {
  static override properties = {
    ...OfficialsView.properties, told_: { state: true }, shown_: { state: true }, preset_: { state: true },
    rulings_shown_: { state: true },
  };

  private declare told_: RefereeState | undefined;
  private declare shown_: number;
  private declare rulings_shown_: number;
  private declare preset_: Partial<Draft> | undefined;
  /** How often the state was read: what lies beside it is read again as often. */
  private reads_ = 0;

  protected readonly view_name = "referee";
  protected readonly poll_ms = 10_000;

  constructor() {
    super();
    this.shown_ = TODO_SHOWN;
    this.rulings_shown_ = RULINGS_STEP;
  }

  protected get has_content(): boolean {
    return this.told_ !== undefined;
  }

  protected override async read(signal: AbortSignal): Promise<void> {
    const { data } = await this.context.api.get<RefereeState>("api/v1/referee", {}, signal);
    this.told(data.as_of);
    this.told_ = data;
    this.reads_ += 1;
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
    // What a timer would correct begins here as it was: the referee chooses the ruling.
    const { kind, ...rest } = preset;
    this.preset_ = kind && REFEREE_KINDS.includes(kind) ? { ...preset } : rest;
    void this.updateComplete.then(() => this.look_at_("ruling-head"));
  }

  protected override draw(): TemplateResult | typeof nothing {
    const race = this.race;
    const words = this.own_words;
    if (!race) return nothing;
    if (!this.told_ && !this.trouble) return html`<div class="waiting"></div>`;
    return html`<h1 class="unseen">${this.context.words.referee}</h1>${this.jump_()}
      <div class="co-two is-even" @preset=${(event: CustomEvent<Partial<Draft>>) => this.correct_(event.detail)}
          @written=${() => this.refresh()} @signed-out=${() => this.session_ended()}>
        <section aria-labelledby="ruling-head"><h2 id="ruling-head" tabindex="-1">${words.ruling}</h2>
          <hs-fact-form .context=${this.context} .words=${words} .kinds=${REFEREE_KINDS} .race=${race}
            .author=${this.known?.name ?? ""} .preset=${this.preset_} .rulings=${this.told_?.rulings ?? []}></hs-fact-form></section>
        <section aria-labelledby="rulings-head"><h2 id="rulings-head">${words.rulings}</h2>${this.rulings_()}</section>
        <section aria-labelledby="lists-head"><h2 id="lists-head">${words.lists}</h2>
          <hs-versions .context=${this.context} .words=${words} .race=${race} .author=${this.known?.name ?? ""}
            .state_of=${this.reads_}></hs-versions></section>
        <section aria-labelledby="open-head"><h2 id="open-head">${words.integrity}</h2>${this.open_()}</section>
        <section aria-labelledby="oddities-head"><h2 id="oddities-head">${words.oddities}</h2>${this.oddities_()}</section>
        <section aria-labelledby="runner-head"><h2 id="runner-head" tabindex="-1">${words.a_bib}</h2>
          ${bib_workspace(this.context, words, race.id, asked_bib(this.route.params), this.told_?.as_of.seq)}</section>
      </div>
      ${this.notes_section(race, this.told_?.as_of.seq)}`;
  }

  /** Where the parts of a long page are. */
  private jump_(): TemplateResult {
    const words = this.own_words;
    const parts = [["ruling", words.ruling], ["rulings", words.rulings], ["lists", words.lists], ["open", words.integrity], ["oddities", words.oddities],
      ["runner", words.a_bib], ["notes", words.notes]] as const;
    return html`<nav class="tabs co-jump" aria-label=${this.context.words.referee}>${parts.map(([id, name]) =>
      html`<a href="#${id}-head">${name}</a>`)}</nav>`;
  }

  private rulings_(): TemplateResult | typeof nothing {
    const words = this.own_words;
    if (!this.told_) return nothing;
    const all = [...this.told_.rulings].sort((a, b) => b.seq - a.seq);
    if (all.length === 0) return html`<p class="quiet">${words.no_rulings}</p>`;
    const rest = all.length - this.rulings_shown_;
    return html`<ul class="rulings">${repeat(all.slice(0, this.rulings_shown_), (one) => one.seq, (one) => this.ruling_(one))}</ul>
      ${rest <= 0 ? nothing : html`<button class="button" @click=${() => { this.rulings_shown_ += RULINGS_STEP; }}>${
        words.more(this.context.format.count(rest))}</button>`}`;
  }

  private ruling_(one: ListedRuling): TemplateResult {
    const words = this.own_words;
    const { fact, seq, since } = one;
    const kind = words.kind[(fact.ruling ?? fact.fact) as keyof typeof words.kind] ?? fact.ruling ?? fact.fact;
    const race = this.context.races.find((some) => some.id === fact.race)?.name ?? fact.race ?? "";
    const head = `${fact.bib === undefined ? race : this.context.words.bib_n(fact.bib)}: ${kind}`;
    const undo = one.state === "taken-back" ? since : seq;
    return html`<li class=${one.state === "holds" ? "" : "is-over"}><p><strong>${head}</strong></p>
      <p>${will_words(fact, one.name, this.context, words)}</p>
      ${one.state === "holds" ? nothing : html`<p class="over">${words.holds_no_more[one.state](String(since ?? ""))}</p>`}
      ${fact.clause && fact.ruling !== "dsq" ? html`<p class="quiet">${words.clause_is(fact.clause)}</p>` : nothing}
      ${fact.reason ? html`<p class="quiet">${words.field.reason}: ${fact.reason}</p>` : nothing}
      <p class="quiet">${signed(one, this.context, words)}</p>
      ${undo === undefined ? nothing : repeat([undo], (which) => which, (which) => html`<hs-undo-fact .context=${this.context}
        .words=${words} .seq=${which} .label=${one.state === "taken-back" ? words.give_back : ""}></hs-undo-fact>`)}</li>`;
  }

  private oddities_(): TemplateResult | typeof nothing {
    const words = this.own_words;
    if (!this.told_) return nothing;
    const { oddities } = this.told_;
    if (oddities.length === 0) return html`<p class="quiet">${words.no_oddities}</p>`;
    const rest = oddities.length - ODDITIES_SHOWN;
    return html`<p class="quiet">${words.oddities_lede}</p>
      <ul class="rulings">${oddities.slice(0, ODDITIES_SHOWN).map((one) => this.oddity_(one))}</ul>
      ${rest <= 0 ? nothing : html`<p class="quiet">${words.more(this.context.format.count(rest))}</p>`}`;
  }

  private oddity_(one: Oddity): TemplateResult {
    const { words, format } = this.context;
    return html`<li><p><strong>${words.bib_n(one.bib)}: ${this.own_words.likelihood(format.count(one.percent))}</strong></p>
      <p>${one.what}</p><div class="quiet todo-do">${one.steps
        ? steps_in_words(this.context, this.own_words, one.steps, words.bib_n(one.bib), this.todo_shown_) : one.check_first}</div></li>`;
  }

  private get todo_shown_(): TodoShown {
    return { view: "referee", severity: this.route.params["severity"], text: this.route.params["find"],
      shown: this.shown_, on_more: (more) => { this.shown_ = more; }, on_correct: (preset) => this.correct_(preset) };
  }

  private open_(): TemplateResult | typeof nothing {
    const { told_: told, context } = this;
    const words = this.own_words;
    if (!told) return nothing;
    const shown = this.todo_shown_;
    return html`${told.integrity.length === 0 ? nothing : todo_filter(context, words, told.integrity, shown)}
      ${todo_list(context, words, told.integrity, words.no_integrity, shown)}`;
  }
}

customElements.define("hs-referee", RefereeView);
