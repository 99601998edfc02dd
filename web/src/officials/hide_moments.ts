import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ApiError, type Api } from "../api.js";
import { write } from "./session.js";
import type { OfficialWords } from "./words.js";

/** What this page hid itself: the server does not say who is hidden. */
const hidden_here = new Set<string>();

const HIDE = "api/v1/hide";
let offered: Promise<boolean> | undefined;

/** Does this server say that it can hide moments? Asked once; again after no answer. */
export function hiding_offered(api: Api): Promise<boolean> {
  offered ??= api.get<{ paths?: Record<string, unknown> }>("api/v1/openapi.json")
    .then(({ data }) => data.paths !== undefined && `/${HIDE}` in data.paths)
    .catch((error: unknown) => {
      if (!(error instanceof ApiError)) offered = undefined;
      return false;
    });
  return offered;
}

/** Hides every moment of one bib, after a question in words; and shows them again. */
class HideMoments extends LitElement {
  static override properties = {
    api: { attribute: false }, words: { attribute: false }, race: {}, bib: {}, who: {},
    asks_: { state: true }, told_: { state: true }, wrong_: { state: true }, busy_: { state: true }, offered_: { state: true },
  };

  declare api: Api;
  declare words: OfficialWords;
  declare race: string;
  declare bib: string;
  /** How the runner is called in the question. */
  declare who: string;
  private declare asks_: boolean;
  private declare told_: string;
  private declare wrong_: string;
  private declare busy_: boolean;
  private declare offered_: boolean;

  constructor() {
    super();
    this.asks_ = false;
    this.told_ = "";
    this.wrong_ = "";
    this.busy_ = false;
    this.offered_ = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void hiding_offered(this.api).then((offered) => { this.offered_ = offered; });
  }

  /** Another runner: the question was about somebody else. */
  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("bib") && !changed.has("race")) return;
    this.asks_ = false;
    this.told_ = "";
    this.wrong_ = "";
  }

  private get key_(): string {
    return `${this.race}/${this.bib}`;
  }

  private async set_(hidden: boolean): Promise<void> {
    if (this.busy_) return;
    const { race, bib, who, key_: key } = this;
    this.busy_ = true;
    this.wrong_ = "";
    try {
      await write(this.api, HIDE, { race, bib, hidden });
      if (hidden) hidden_here.add(key);
      else hidden_here.delete(key);
      if (this.key_ !== key) return;
      this.asks_ = false;
      this.told_ = hidden ? this.words.hidden(who) : this.words.shown_again(who);
    } catch (error) {
      if (this.key_ === key) this.wrong_ = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy_ = false;
    }
  }

  private ask_(asks: boolean): void {
    this.asks_ = asks;
    this.told_ = "";
    this.wrong_ = "";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(asks ? ".strong" : "button")?.focus());
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!this.offered_) return nothing;
    const wrong = this.wrong_ ? html`<p class="problem" role="alert">${this.wrong_}</p>` : nothing;
    if (this.asks_) {
      return html`<div class="ask" role="group" aria-label=${words.hide}><p>${words.hide_ask(this.who)}</p>${wrong}
        <p class="keys"><button class="button strong" ?disabled=${this.busy_}
            @click=${() => void this.set_(true)}>${words.hide_do}</button>
          <button class="button" @click=${() => this.ask_(false)}>${words.cancel}</button></p></div>`;
    }
    const is_hidden = hidden_here.has(this.key_);
    return html`${wrong}<button class="button" ?disabled=${this.busy_}
        @click=${() => (is_hidden ? void this.set_(false) : this.ask_(true))}>${
          is_hidden ? words.show_again : words.hide}</button>
      <span class="quiet" role="status">${this.told_}</span>`;
  }
}

customElements.define("hs-hide-moments", HideMoments);
