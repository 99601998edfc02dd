import { html, LitElement, nothing, type TemplateResult } from "lit";
import { ApiError, OfflineError } from "../api.js";
import type { Context } from "../view.js";
import type { Written } from "./fact_form.js";
import { undo_of } from "./facts.js";
import { write } from "./session.js";
import type { OfficialWords } from "./words.js";

/** Takes back one fact, after a question in words. Says `written`, or `signed-out`. */
class UndoFact extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, seq: { type: Number }, label: {},
    asks_: { state: true }, wrong_: { state: true }, done_: { state: true }, busy_: { state: true },
    reason_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare seq: number;
  /** What the button says; empty: that it is taken back. */
  declare label: string;
  private declare asks_: boolean;
  private declare wrong_: string;
  private declare done_: string;
  private declare busy_: boolean;
  private declare reason_: string;

  constructor() {
    super();
    this.label = "";
    this.asks_ = false;
    this.wrong_ = "";
    this.done_ = "";
    this.busy_ = false;
    this.reason_ = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async undo_(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy_) return;
    if (this.reason_.trim() === "") {
      this.wrong_ = this.words.wrong.needed;
      this.querySelector<HTMLElement>("input")?.focus();
      return;
    }
    this.busy_ = true;
    this.wrong_ = "";
    try {
      const { seq } = await write<{ seq: number }>(this.context.api, "api/v1/facts",
        undo_of(this.seq, this.reason_));
      this.done_ = this.words.written(String(seq));
      this.asks_ = false;
      this.dispatchEvent(new CustomEvent<Written>("written", { bubbles: true, detail: { undone: this.seq } }));
    } catch (error) {
      this.wrong_ = this.told_(error);
    } finally {
      this.busy_ = false;
    }
  }

  private told_(error: unknown): string {
    if (error instanceof OfflineError) return this.words.not_sent;
    if (error instanceof ApiError && error.status === 401) {
      this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
    }
    return error instanceof Error ? error.message : String(error);
  }

  private ask_(asks: boolean): void {
    this.asks_ = asks;
    this.wrong_ = "";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(asks ? "input" : "button")?.focus());
  }

  protected override render(): TemplateResult {
    const { words } = this;
    if (this.done_) return html`<p class="quiet" role="status">${words.taken_back}: ${this.done_}</p>`;
    if (!this.asks_) {
      const name = this.label || words.undo;
      return html`<button class="link" aria-label="${name}, ${this.seq}" @click=${() => this.ask_(true)}>${name}</button>`;
    }
    return html`<form class="ask" novalidate @submit=${(event: Event) => void this.undo_(event)}>
      <p>${words.undo_ask(String(this.seq))}</p>
      <label class="field"><span>${words.field.reason}</span><input name="undo-reason" maxlength="500" .value=${this.reason_}
        autocomplete="off" aria-invalid=${this.wrong_ ? "true" : nothing}
        @input=${(event: Event) => { this.reason_ = (event.target as HTMLInputElement).value; this.wrong_ = ""; }}></label>
      ${this.wrong_ ? html`<p class="problem" role="alert">${this.wrong_}</p>` : nothing}
      <p class="keys"><button class="button strong" ?disabled=${this.busy_}>${words.undo_do}</button>
        <button type="button" class="button" @click=${() => this.ask_(false)}>${words.cancel}</button></p></form>`;
  }
}

customElements.define("hs-undo-fact", UndoFact);
