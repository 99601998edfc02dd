import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ApiError, is_aborted, OfflineError } from "../api.js";
import { clock } from "../format.js";
import type { Context } from "../view.js";
import type { Draft } from "./facts.js";
import type { Explained, ExplainedPoint, ExplainedRead } from "./official_contract.js";
import { dial_time, standing_words } from "./will.js";
import type { OfficialWords } from "./words.js";
import "./hide_moments.js";

/**
 * Why a runner's times are what they are: points, decisions, every read with its verdict. Reads can
 * be chosen and handed to a correction: `preset` carries the fields of one.
 */
class ExplainedRunner extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, race: {}, bib: {}, state_of: { attribute: false },
    told_: { state: true }, wrong_: { state: true }, chosen_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare race: string;
  declare bib: string;
  /** Whatever changes when the runner may have: then it is read again. */
  declare state_of: unknown;
  private declare told_: Explained | undefined;
  private declare wrong_: string;
  private declare chosen_: ReadonlySet<number>;
  private loading_: AbortController | undefined;

  constructor() {
    super();
    this.wrong_ = "";
    this.chosen_ = new Set();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading_?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("bib") || changed.has("race")) {
      this.told_ = undefined;
      this.wrong_ = "";
      this.chosen_ = new Set();
    }
    if (["bib", "race", "state_of"].some((name) => changed.has(name))) void this.load_();
  }

  private async load_(): Promise<void> {
    this.loading_?.abort();
    const own = new AbortController();
    this.loading_ = own;
    try {
      const path = `api/v1/explain/${encodeURIComponent(this.race)}/${encodeURIComponent(this.bib)}`;
      const { data } = await this.context.api.get<Explained>(path, {}, own.signal);
      this.told_ = data;
      this.wrong_ = "";
    } catch (error) {
      if (is_aborted(error) || own.signal.aborted) return;
      this.wrong_ = error instanceof ApiError && error.status === 404 ? this.words.not_entered
        : error instanceof OfflineError ? this.words.cannot_ask : error instanceof Error ? error.message : String(error);
    }
  }

  private hand_over_(preset: Partial<Draft>): void {
    this.dispatchEvent(new CustomEvent<Partial<Draft>>("preset", { bubbles: true,
      detail: { race: this.race, bib: this.bib, ...preset } }));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, told_: told } = this;
    if (!told) return this.wrong_ ? html`<p class="problem" role="alert">${this.wrong_}</p>` : html`<p class="quiet">${this.context.words.loading}</p>`;
    const who = told.name ? `${this.context.words.bib_n(told.bib)} (${told.name})` : this.context.words.bib_n(told.bib);
    return html`<p class="ex-head"><strong>${this.context.words.bib_n(told.bib)}</strong> <bdi>${told.name}</bdi>
        <span class="quiet">${standing_words({ ...told, name: told.name ?? "" }, this.context)}</span></p>
      ${this.wrong_ ? html`<p class="problem" role="alert">${this.wrong_}</p>` : nothing}
      <div class="scroll" tabindex="0" role="group" aria-label=${this.context.words.splits}><table class="plain">
        <thead><tr><th scope="col">${this.context.words.point}</th><th scope="col">${this.context.words.clock_of_day}</th>
          <th scope="col" class="num">${this.context.words.net}</th><th scope="col" class="num">${words.fact}</th></tr></thead>
        <tbody>${told.points.map((point) => this.point_(point))}</tbody></table></div>
      ${told.decisions.length === 0 ? nothing : html`<h3>${words.decisions}</h3><ul class="ex-decisions">${told.decisions.map((one) => html`<li
        class=${one.holds ? "" : "is-over"}><span class="num">${one.fact}</span> ${one.words}
        ${one.holds ? nothing : html`<em>${words.taken_back}</em>`}</li>`)}</ul>`}
      <h3>${words.reads_of}</h3>${this.reads_(told.reads)}
      <p class="keys">${this.chosen_keys_()}
        <button class="button" @click=${() => this.hand_over_({})}>${words.correct}</button>
        <hs-hide-moments .api=${this.context.api} .words=${words} .race=${told.race} .bib=${told.bib} .who=${who}></hs-hide-moments></p>`;
  }

  private point_(point: ExplainedPoint): TemplateResult {
    const { words, context } = this;
    const between = point.earliest_ms !== undefined && point.latest_ms !== undefined
      ? words.missed(clock(point.earliest_ms), clock(point.latest_ms)) : "";
    return html`<tr><th scope="row">${context.format.point(point.point)}</th>
      <td>${point.at ? dial_time(point.at, context) : html`<span class="quiet">${between}</span>`}</td>
      <td class="num">${point.net_ms === undefined ? nothing : context.format.tenths(point.net_ms)}</td>
      <td class="num">${point.fact ?? nothing}</td></tr>`;
  }

  private reads_(reads: readonly ExplainedRead[]): TemplateResult {
    const { words, context } = this;
    return html`<div class="scroll ex-reads" tabindex="0" role="group" aria-label=${words.reads_of}><table class="plain">
      <thead><tr><th scope="col"><span class="unseen">${words.correct}</span></th><th scope="col" class="num">${words.fact}</th>
        <th scope="col">${context.words.clock_of_day}</th><th scope="col">${words.mat}</th><th scope="col">${words.verdict}</th></tr></thead>
      <tbody>${reads.map((read) => html`<tr class=${read.verdict === "counted" ? "counts" : ""}>
        <td><input type="checkbox" aria-label=${words.choose_read(String(read.fact))} .checked=${this.chosen_.has(read.fact)}
          @change=${() => this.choose_(read.fact)}></td>
        <td class="num">${read.fact}</td><td>${dial_time(read.at, context)}</td><td>${read.mat ?? ""}</td>
        <td>${read.reason ?? read.verdict}</td></tr>`)}</tbody></table></div>`;
  }

  private choose_(fact: number): void {
    const chosen = new Set(this.chosen_);
    if (!chosen.delete(fact)) chosen.add(fact);
    this.chosen_ = chosen;
  }

  private chosen_keys_(): TemplateResult | typeof nothing {
    const { words } = this;
    const reads = [...this.chosen_].sort((a, b) => a - b).join(", ");
    if (this.chosen_.size === 0) return nothing;
    return html`<button class="button" @click=${() => this.hand_over_({ kind: "ignore-read", reads })}>${
        words.ignore_chosen(this.chosen_.size)}</button>
      ${this.chosen_.size !== 1 ? nothing : html`<button class="button"
        @click=${() => this.hand_over_({ kind: "force-read", reads })}>${words.count_chosen}</button>`}`;
  }
}

customElements.define("hs-explained", ExplainedRunner);
