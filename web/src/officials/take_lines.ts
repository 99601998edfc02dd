import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Context } from "../view.js";
import type { AlignWords } from "./align_words.js";
import { is_bib } from "./dial.js";
import { HandLines } from "./hand_lines.js";
import { clock_off_ms } from "./health.js";
import { official_words } from "./words.js";

const SEND_MS = 3_000;
const CLOCK_MS = 60_000;
const BIB_MAX = 12;

/** The tenth of an instant as well: "11:42:07.3". */
export const with_tenth = (context: Context, at: string): string =>
  context.format.time(at) + (/\.\d/.exec(at)?.[0] ?? "");

/**
 * Takes times without bibs and bibs without times, one after the other. A time is that of the key
 * press by the clock of this device. Says `sent` when lines were written.
 */
class TakeLines extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, mat: { attribute: false },
    bib_: { state: true }, wrong_: { state: true }, said_: { state: true }, clock_off_: { state: true },
  };

  declare context: Context;
  declare words: AlignWords;
  declare mat: string;
  private declare bib_: string;
  private declare wrong_: boolean;
  private declare said_: string;
  /** How far this device's clock is off, where that is known and matters. */
  private declare clock_off_: number | undefined;
  private lines_: HandLines | undefined;
  private removers_: (() => void)[] = [];

  constructor() {
    super();
    this.bib_ = "";
    this.wrong_ = false;
    this.said_ = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const send = (): void => void this.send();
    const stored = (): void => this.requestUpdate();
    addEventListener("online", send);
    addEventListener("storage", stored);
    const sender = setInterval(send, SEND_MS);
    const clock = setInterval(() => void this.compare_clocks_(), CLOCK_MS);
    void this.compare_clocks_();
    this.removers_ = [() => removeEventListener("online", send), () => removeEventListener("storage", stored),
      () => clearInterval(sender), () => clearInterval(clock),
      this.context.live.add({ on_line: (line) => { if (line === "live") send(); } })];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const remove of this.removers_) remove();
  }

  protected override willUpdate(): void {
    if (this.lines_) return;
    this.lines_ = new HandLines(this.context.event, localStorage);
    this.lines_.on_change = () => this.requestUpdate();
  }

  /** A time carries the clock of this device: a wrong one has to be seen before. */
  private async compare_clocks_(): Promise<void> {
    try {
      const began = Date.now();
      const answer = await fetch(this.context.api.url("healthz"), { cache: "no-store" });
      this.clock_off_ = clock_off_ms((began + Date.now()) / 2, answer.headers.get("date"));
    } catch {
      // Without the server there is nothing to compare with.
    }
  }

  async send(): Promise<void> {
    const lines = this.lines_;
    if (!lines || !this.context.api.csrf || lines.waiting === 0) return;
    const before = lines.waiting;
    await lines.send(this.context.api);
    if (lines.waiting < before) this.dispatchEvent(new CustomEvent("sent", { bubbles: true }));
  }

  private now_(): void {
    const at = new Date().toISOString(); // first of all: this is the time that counts
    if (this.mat === "") return;
    this.lines_?.add_time(this.mat, at);
    this.told_(this.words.now_of(with_tenth(this.context, at)));
  }

  private add_(event: Event): void {
    event.preventDefault();
    const bib = this.bib_.trim();
    this.wrong_ = !is_bib(bib);
    if (!this.wrong_) this.add_bib_(bib);
  }

  private add_bib_(bib: string): void {
    if (this.mat === "") return;
    this.lines_?.add_bib(this.mat, bib);
    this.bib_ = "";
    this.wrong_ = false;
    this.told_(this.words.added(bib));
  }

  private told_(sentence: string): void {
    this.said_ = sentence;
    this.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: sentence }));
    void this.send();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<p class="quiet take-help">${words.take_help}</p>
      ${this.clock_off_ === undefined ? nothing : html`<p class="problem" role="alert">${official_words(this.context.words)
        .clock_off(this.context.format.count(Math.round(Math.abs(this.clock_off_) / 1000)))}</p>`}
      <div class="take-two">
        <button class="button strong take-now" @pointerdown=${(event: PointerEvent) => this.pressed_(event)}
          @click=${(event: MouseEvent) => this.clicked_(event)}>${words.now}</button>
        <form class="take-bib" novalidate @submit=${(event: Event) => this.add_(event)}>
          <label class="field"><span>${words.bib}</span><input name="take-bib" inputmode="numeric" autocomplete="off"
            spellcheck="false" autocapitalize="characters" maxlength=${BIB_MAX} .value=${this.bib_}
            aria-invalid=${this.wrong_ ? "true" : nothing}
            @input=${(event: Event) => { this.bib_ = (event.target as HTMLInputElement).value; this.wrong_ = false; }}></label>
          <button class="button">${words.add_bib}</button>
          <button type="button" class="button" @click=${() => this.add_bib_("?")}>${words.unseen}</button>
        </form></div>
      ${this.wrong_ ? html`<p class="problem" role="alert">${words.bad_bib}</p>` : nothing}
      ${this.state_()}`;
  }

  /** A finger or mouse counts when it comes down; a key, and whoever has no pointer, when it clicks. */
  private pressed_(event: PointerEvent): void {
    if (event.button === 0) this.now_();
  }

  private clicked_(event: MouseEvent): void {
    if (event.detail === 0) this.now_();
  }

  private state_(): TemplateResult {
    const { words } = this;
    const count = (n: number): string => this.context.format.count(n);
    const waiting = this.lines_?.waiting ?? 0;
    const refused = (this.lines_?.lines() ?? []).filter((one) => one.state === "refused");
    return html`<p class="take-state">${this.said_ ? html`<span>${this.said_}</span>` : nothing}
        <span>${waiting > 0 ? words.waits(count(waiting)) : words.all_sent}</span>
        ${this.lines_?.only_here ? html`<span>${words.only_here}</span>` : nothing}</p>
      ${this.lines_?.trouble ? html`<p class="problem" role="alert">${this.lines_.trouble}</p>` : nothing}
      ${refused.length === 0 ? nothing : html`<p class="problem" role="alert">${
        words.refused(count(refused.length), refused.at(-1)?.why ?? "")}
        <button class="link" @click=${() => this.lines_?.drop_refused()}>${words.drop_refused}</button></p>`}`;
  }
}

customElements.define("hs-take-lines", TakeLines);
