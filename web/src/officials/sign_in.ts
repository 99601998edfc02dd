import { html, LitElement, nothing, type TemplateResult } from "lit";
import { ApiError, OfflineError, type Api } from "../api.js";
import { sign_in, type Known } from "./session.js";
import type { OfficialWords } from "./words.js";

/** Token and name, sent once. Says `signed-in` with who it is. */
class SignIn extends LitElement {
  static override properties = {
    api: { attribute: false }, words: { attribute: false }, ended: { attribute: false },
    unreachable: { attribute: false }, wrong_: { state: true }, busy_: { state: true },
  };

  declare api: Api;
  declare words: OfficialWords;
  declare ended: boolean;
  declare unreachable: boolean;
  private declare wrong_: { token?: string; name?: string; all?: string };
  private declare busy_: boolean;

  constructor() {
    super();
    this.wrong_ = {};
    this.busy_ = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async submit_(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy_) return;
    const form = new FormData(event.target as HTMLFormElement);
    const token = String(form.get("token") ?? "").trim();
    const name = String(form.get("name") ?? "").trim();
    this.wrong_ = { ...(token ? {} : { token: this.words.needed_token }),
      ...(name ? {} : { name: this.words.needed_name }) };
    if (this.wrong_.token || this.wrong_.name) {
      await this.updateComplete;
      this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    this.busy_ = true;
    try {
      const known = await sign_in(this.api, token, name);
      this.dispatchEvent(new CustomEvent<Known>("signed-in", { detail: known }));
    } catch (error) {
      this.wrong_ = this.told_(error);
    } finally {
      this.busy_ = false;
    }
  }

  private told_(error: unknown): { token?: string; all?: string } {
    if (error instanceof OfflineError) return { all: this.words.cannot_ask };
    if (!(error instanceof ApiError)) return { all: String(error) };
    if (error.status === 429) return { token: this.words.too_often };
    if (error.status === 401 || error.status === 403) return { token: this.words.wrong_token };
    return { all: error.message };
  }

  protected override render(): TemplateResult {
    const { words, wrong_: wrong } = this;
    return html`<section class="sign-in" aria-labelledby="sign-in-head">
      ${this.ended ? html`<h2 id="sign-in-head">${words.sign_in}</h2><p class="problem" role="alert">${words.signed_out}</p>`
        : html`<h1 id="sign-in-head">${words.sign_in}</h1><p class="lede">${words.sign_in_why}</p>`}
      ${this.unreachable ? html`<p class="problem" role="alert">${words.cannot_ask}</p>` : nothing}
      <form @submit=${(event: Event) => void this.submit_(event)} novalidate>
        ${this.field_("token", words.token, "password", "off", wrong.token)}
        ${this.field_("name", words.your_name, "text", "name", wrong.name)}
        ${wrong.all ? html`<p class="problem" role="alert">${wrong.all}</p>` : nothing}
        <button class="button strong" ?disabled=${this.busy_}>${words.sign_in}</button>
      </form></section>`;
  }

  private field_(name: string, label: string, type: string, complete: string, wrong: string | undefined): TemplateResult {
    return html`<label class="field"><span>${label}</span>
      <input name=${name} type=${type} autocomplete=${complete} spellcheck="false" autocapitalize="none" maxlength="200"
        aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `wrong-${name}` : nothing}></label>
      ${wrong ? html`<p class="problem" id="wrong-${name}" role="alert">${wrong}</p>` : nothing}`;
  }
}

customElements.define("hs-sign-in", SignIn);
