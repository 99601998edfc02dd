import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { is_aborted, OfflineError } from "../api.js";
import type { Race } from "../contract.js";
import type { Context } from "../view.js";
import { LIST_KINDS } from "./facts.js";
import type { Version, VersionChanges, Versions } from "./official_contract.js";
import type { OfficialWords } from "./words.js";
import "./fact_form.js";
import "./undo_fact.js";

/** What is open below the list: the difference of two versions, or of one and what is now. */
interface Opened {
  before: string;
  after: string;
  told?: VersionChanges;
  wrong?: string;
}

const NOW = "now";

/**
 * Which lists of a race went out, what changed between two of them, and the form with which the next
 * one does. `written` and `signed-out` go on to the view.
 */
class ListVersions extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, race: { attribute: false }, author: {},
    state_of: { attribute: false }, told_: { state: true }, opened_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare race: Race;
  declare author: string;
  /** Whatever changes when a version may have gone out: then the list is read again. */
  declare state_of: unknown;
  private declare told_: Versions | undefined;
  private declare opened_: Opened | undefined;
  private loading_: AbortController | undefined;
  private comparing_: AbortController | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading_?.abort();
    this.comparing_?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("race")?.id !== undefined && changed.get("race")?.id !== this.race.id) {
      this.told_ = undefined;
      this.opened_ = undefined;
    }
    if (changed.has("race") || changed.has("state_of")) void this.load_();
  }

  private async load_(): Promise<void> {
    this.loading_?.abort();
    const own = new AbortController();
    this.loading_ = own;
    try {
      const path = `api/v1/races/${encodeURIComponent(this.race.id)}/versions`;
      this.told_ = (await this.context.api.get<Versions>(path, {}, own.signal)).data;
    } catch {
      // The list stays as it was; the view around it says what is wrong with the line.
    }
  }

  private async compare_(before: string, after: string): Promise<void> {
    this.comparing_?.abort();
    const own = new AbortController();
    this.comparing_ = own;
    this.opened_ = { before, after };
    try {
      const path = `api/v1/races/${encodeURIComponent(this.race.id)}/versions/${before}/${after}`;
      const { data } = await this.context.api.get<VersionChanges>(path, {}, own.signal);
      this.opened_ = { before, after, told: data };
    } catch (error) {
      if (is_aborted(error) || own.signal.aborted) return;
      const wrong = error instanceof OfflineError ? this.words.cannot_ask : error instanceof Error ? error.message : String(error);
      this.opened_ = { before, after, wrong };
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>(".differs h3")?.focus();
  }

  private close_(): void {
    this.comparing_?.abort();
    const before = this.opened_?.before;
    this.opened_ = undefined;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-before="${before}"]`)?.focus());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, context, told_: told, race } = this;
    if (!told) return html`<p class="quiet">${context.words.loading}</p>`;
    const newest = told.items.find((one) => !one.taken_back);
    const changed = told.list === "provisional" && newest ? ` ${words.changed_since(String(newest.version))}` : "";
    return html`<p>${words.list_is[told.list ?? "provisional"](race.name)}${changed}</p>
      ${told.items.length === 0 ? html`<p class="quiet">${words.no_versions}</p>`
        : html`<ul class="rulings">${repeat(told.items, (one) => one.seq, (one) => this.version_(one))}</ul>`}
      ${this.opened_ ? this.difference_(this.opened_) : nothing}
      ${told.gaps.length === 0 ? nothing : html`<p class="quiet">${told.gaps.join("; ")}</p>`}
      <hs-fact-form .context=${context} .words=${words} .kinds=${LIST_KINDS} .race=${race} .author=${this.author}></hs-fact-form>`;
  }

  private version_(one: Version): TemplateResult {
    const { words, context } = this;
    const { format } = context;
    const number = String(one.version);
    const said = [one.at ? format.minute(one.at) : "", words.version_status[one.status],
      one.protest_until_at ? words.protest_window(format.minute(one.protest_until_at)) : ""].filter((text) => text !== "").join(", ");
    const signed = [one.by, one.at ? format.time(one.at) : "", `${words.fact} ${one.seq}`].filter((text) => text !== "").join(" · ");
    return html`<li class=${one.taken_back ? "is-over" : ""}><p><strong>${words.version_n(number)}</strong>, ${said}</p>
      ${one.taken_back ? html`<p>${words.taken_back}</p>` : nothing}
      ${one.reason ? html`<p class="quiet">${words.field.reason}: ${one.reason}</p>` : nothing}<p class="quiet">${signed}</p>
      <div class="row-keys"><button class="link" data-before=${number} @click=${() => void this.compare_(number, NOW)}>${words.changes_till_now(number)}</button>
        ${one.version < 2 ? nothing : html`<button class="link" @click=${() => void this.compare_(String(one.version - 1), number)}>${
          words.changes_between(String(one.version - 1), number)}</button>`}
        ${one.taken_back ? nothing : html`<hs-undo-fact .context=${context} .words=${words} .seq=${one.seq}></hs-undo-fact>`}</div></li>`;
  }

  private difference_(opened: Opened): TemplateResult {
    const { words } = this;
    const head = opened.after === NOW ? words.changes_till_now(opened.before) : words.changes_between(opened.before, opened.after);
    return html`<div class="differs"><h3 tabindex="-1">${head}</h3>
      ${opened.wrong ? html`<p class="problem" role="alert">${opened.wrong}</p>` : nothing}
      ${opened.told ? this.changes_(opened.told) : opened.wrong ? nothing : html`<p class="quiet" role="status">${words.reading_log}</p>`}
      <p class="keys"><button class="button" @click=${() => this.close_()}>${words.close_this}</button></p></div>`;
  }

  private changes_(told: VersionChanges): TemplateResult {
    const { words, context } = this;
    const nothing_differs = told.items.length === 0 && !told.moved && told.awards.length === 0;
    return html`${nothing_differs ? html`<p>${words.nothing_differs}</p>` : nothing}
      <ul class="rulings">${told.items.map((one) => html`<li>
        <p><strong>${one.who}</strong>: ${one.after}; ${words.before_that(one.before)}</p>
        ${one.facts.map((fact) => html`<p class="quiet behind">${words.fact} ${fact.seq}: ${fact.words}</p>`)}
        ${one.reads > 0 ? html`<p class="quiet behind">${words.reads_later(context.format.count(one.reads))}</p>` : nothing}
        ${one.facts.length === 0 && one.reads === 0 ? html`<p class="quiet behind">${words.by_entries}</p>` : nothing}</li>`)}</ul>
      ${told.moved ? html`<p class="quiet">${told.moved}</p>` : nothing}
      ${told.awards.length === 0 ? nothing : html`<p><strong>${words.awards_differ}</strong></p>
        <ul>${told.awards.map((line) => html`<li>${line}</li>`)}</ul>`}`;
  }
}

customElements.define("hs-versions", ListVersions);
