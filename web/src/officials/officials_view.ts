import { html, nothing, type TemplateResult } from "lit";
import { ApiError, OfflineError } from "../api.js";
import { href } from "../route.js";
import type { Race } from "../contract.js";
import { View } from "../view.js";
import { view_named } from "../views.js";
import { keep_for_offline } from "./keep_offline.js";
import { remembered, session_of, sign_out, VIEWS_OF, type Known } from "./session.js";
import { official_words, type OfficialWords } from "./words.js";
import "./sign_in.js";
import "./officials.css";

/**
 * A view behind a token. It asks who is signed in, shows the form to sign in where nobody is, and
 * reads in `read`. A session that ends in between puts the form above what is there: nothing that
 * was typed is lost. Without a line whoever was signed in last may go on with what works without.
 */
export abstract class OfficialsView extends View {
  static override properties = { ...View.properties, known: { state: true }, ended: { state: true } };

  /** Who is signed in; null: nobody; undefined: not known yet. */
  declare known: Known | null | undefined;
  /** Somebody was signed in, and the server no longer says so. */
  declare ended: boolean;

  private sure_ = false;
  /** Who is signed in, or was until a session ended over a form. */
  private writes_: Known | undefined;
  private poll_: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.ended = false;
  }

  /** Its name in the table of views. */
  protected abstract readonly view_name: string;
  /** What changes without a change of the race is read this often. */
  protected abstract readonly poll_ms: number;
  protected abstract read(signal: AbortSignal): Promise<void>;
  protected abstract draw(): TemplateResult | typeof nothing;
  /** Has something been read, or typed, that stays while somebody signs in again? */
  protected abstract get has_content(): boolean;

  protected get own_words(): OfficialWords {
    return official_words(this.context.words);
  }

  protected get may_see(): boolean {
    return !!this.known && VIEWS_OF[this.known.role].includes(this.view_name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.poll_ = setInterval(() => this.refresh(), this.poll_ms);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.poll_);
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    await this.ask_who_(signal);
    if (!this.may_see) return;
    try {
      await this.read(signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.session_ended();
    }
  }

  private async ask_who_(signal: AbortSignal): Promise<void> {
    if (this.sure_) return;
    try {
      const known = await session_of(this.context.api, signal);
      this.known = known ?? null;
      this.sure_ = true;
      if (known) void keep_for_offline();
    } catch (error) {
      if (error instanceof OfflineError) this.known ??= remembered(localStorage) ?? null;
      throw error;
    }
  }

  /** The server no longer knows who this is. */
  protected session_ended(): void {
    this.ended = this.has_content;
    this.known = null;
  }

  private signed_in_(known: Known): void {
    this.known = known;
    this.sure_ = true;
    this.ended = false;
    void keep_for_offline();
    void this.load_now();
  }

  private async sign_out_(): Promise<void> {
    await sign_out(this.context.api).catch(() => undefined);
    location.reload(); // nothing that was read stays on the page
  }

  protected override render(): TemplateResult {
    const words = this.own_words;
    if (this.known === undefined) return html`<div class="waiting"></div>`;
    if (this.known && !this.may_see) return this.elsewhere_(this.known);
    // One template for both: forms that stay below the one to sign in keep what was typed.
    return html`${this.known ? this.who_(this.known) : html`<hs-sign-in .api=${this.context.api} .words=${words}
        .ended=${this.ended} .unreachable=${this.trouble instanceof OfflineError}
        @signed-in=${(event: CustomEvent<Known>) => this.signed_in_(event.detail)}></hs-sign-in>`}
      ${this.trouble && !(this.trouble instanceof OfflineError) ? html`<p class="problem" role="alert">${
        this.context.words.failed(this.trouble.message)}</p>` : nothing}
      ${this.known || this.ended ? this.draw() : nothing}`;
  }

  private who_(known: Known): TemplateResult {
    const words = this.own_words;
    return html`<p class="who-signed"><span>${words.signed_in(known.name, words.role[known.role])}</span>
      <button class="link" @click=${() => void this.sign_out_()}>${words.sign_out}</button></p>`;
  }

  /** Notes, and a form for one; read again when `state_of` changes. */
  protected notes_section(race: Race, state_of: unknown): TemplateResult | typeof nothing {
    this.writes_ = this.known ?? this.writes_;
    if (!this.writes_) return nothing;
    const words = this.own_words;
    return html`<section class="notes-part" aria-labelledby="notes-head"><h2 id="notes-head">${words.notes}</h2>
      <hs-notes .context=${this.context} .words=${words} .race=${race} .known=${this.writes_} .state_of=${state_of}
        @signed-out=${() => this.session_ended()}></hs-notes></section>`;
  }

  private elsewhere_(known: Known): TemplateResult {
    const words = this.own_words;
    const { race } = this.route.params;
    return html`<h1>${words.not_for(words.role[known.role])}</h1>
      <p>${words.yours} ${VIEWS_OF[known.role].map((name, n) => html`${n > 0 ? " · " : nothing}<a
        href=${href(name, { race })}>${view_named(name)?.title(this.context.words) ?? name}</a>`)}</p>
      <p><button class="button" @click=${() => void this.sign_out_()}>${words.other_token}</button></p>`;
  }
}
