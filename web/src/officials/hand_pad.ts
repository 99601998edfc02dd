import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Context } from "../view.js";
import { is_bib } from "./dial.js";
import { HandQueue, type HandEntry } from "./hand_queue.js";
import { read_store, write_store } from "./store.js";
import type { OfficialWords } from "./words.js";
import "./hand_pad.css";

const MAT_KEY = "homestretch.hand.mat";
const RACE_KEY = "homestretch.hand.race";
const SEND_MS = 5_000;
const BIB_MAX = 12;
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Bib and now: an entry carries the instant of the key press by the clock of this device. It is kept
 * here and shown as waiting until the server said that it is written.
 */
class HandPad extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, mats: { attribute: false },
    bib_: { state: true }, mat_: { state: true }, race_: { state: true }, wrong_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare mats: readonly string[];
  private declare bib_: string;
  private declare mat_: string;
  private declare race_: string;
  private declare wrong_: string;
  private queue_: HandQueue | undefined;
  private removers_: (() => void)[] = [];

  constructor() {
    super();
    this.bib_ = "";
    this.mat_ = read_store(MAT_KEY) ?? "";
    this.race_ = read_store(RACE_KEY) ?? "";
    this.wrong_ = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const send = (): void => this.send();
    addEventListener("online", send);
    document.addEventListener("keydown", this.pressed_);
    const stored = (): void => this.requestUpdate();
    addEventListener("storage", stored);
    const sender = setInterval(send, SEND_MS);
    const clock = setInterval(() => { if (!document.hidden) this.requestUpdate(); }, 1_000);
    this.removers_ = [() => removeEventListener("online", send),
      () => document.removeEventListener("keydown", this.pressed_),
      () => removeEventListener("storage", stored), () => clearInterval(sender), () => clearInterval(clock),
      this.context.live.add({ on_line: (line) => { if (line === "live") this.send(); } })];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const remove of this.removers_) remove();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.queue_) {
      this.queue_ = new HandQueue(this.context.event, localStorage);
      this.queue_.on_change = () => this.requestUpdate();
    }
    if (changed.has("mats") && !this.mats.includes(this.mat_)) {
      this.mat_ = this.mats.find((mat) => /finish|ziel/i.test(mat)) ?? this.mats.at(-1) ?? "";
    }
    const { races } = this.context;
    if (!races.some((race) => race.id === this.race_)) this.race_ = races[0]?.id ?? "";
  }

  /** Sends what waits, if anything does and somebody is known to be signed in. */
  send(): void {
    if (this.context.api.csrf && this.queue_ && this.queue_.waiting > 0) void this.queue_.send(this.context.api);
  }

  /** A digit typed anywhere on the page belongs in the field, unless something else is being typed. */
  private readonly pressed_ = (press: KeyboardEvent): void => {
    if (!/^\d$/.test(press.key) || press.ctrlKey || press.metaKey || press.altKey) return;
    if ((press.target as HTMLElement).closest("input, select, textarea")) return;
    press.preventDefault();
    this.type_(press.key);
    this.querySelector<HTMLInputElement>("[name=hand-bib]")?.focus();
  };

  private type_(key: string): void {
    this.bib_ = (this.bib_ + key).slice(0, BIB_MAX);
    this.wrong_ = "";
  }

  private now_(event?: Event): void {
    const at = new Date().toISOString(); // first of all: this is the time that counts
    event?.preventDefault();
    const bib = this.bib_.trim();
    if (bib !== "" && !is_bib(bib)) {
      this.wrong_ = this.words.wrong.bad_bib;
      return;
    }
    if (!this.queue_ || this.mat_ === "") return;
    this.queue_.add({ id: crypto.randomUUID?.() ?? `${at}-${Math.random()}`, race: this.race_, mat: this.mat_, bib, at });
    this.bib_ = "";
    this.wrong_ = "";
    this.dispatchEvent(new CustomEvent("say", { bubbles: true,
      detail: this.words.taken(bib || this.words.bib_missing, this.context.format.time(at)) }));
    this.send();
  }

  private choose_(of: "mat_" | "race_", key: string) {
    return (event: Event): void => {
      this[of] = (event.target as HTMLSelectElement).value;
      write_store(key, this[of]);
    };
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const { format, races, words: page } = this.context;
    const waiting = this.queue_?.waiting ?? 0;
    if (this.mats.length === 0) return html`<p class="quiet">${words.no_mats}</p>${this.list_()}`;
    return html`
      <p class="quiet hand-help">${words.hand_help}</p>
      <div class="hand-where">
        ${races.length < 2 ? nothing : html`<label class="field"><span>${page.race}</span>
          <select @change=${this.choose_("race_", RACE_KEY)}>${races.map((one) => html`<option value=${one.id}
            .selected=${one.id === this.race_}>${one.name}</option>`)}</select></label>`}
        <label class="field"><span>${words.mat}</span>
          <select @change=${this.choose_("mat_", MAT_KEY)}>${this.mats.map((mat) => html`<option value=${mat}
            .selected=${mat === this.mat_}>${mat}</option>`)}</select></label>
      </div>
      <form class="pad" @submit=${(event: Event) => this.now_(event)}>
        <label class="field pad-bib"><span>${words.field.bib} <b class="pad-clock">${format.time(new Date().toISOString())}</b></span>
          <input name="hand-bib" autocomplete="off" inputmode="numeric" spellcheck="false" autocapitalize="characters"
            maxlength=${BIB_MAX} .value=${this.bib_} aria-invalid=${this.wrong_ ? "true" : nothing}
            aria-describedby=${this.wrong_ ? "hand-wrong" : nothing}
            @input=${(event: Event) => { this.bib_ = (event.target as HTMLInputElement).value; this.wrong_ = ""; }}></label>
        ${this.wrong_ ? html`<p class="problem" id="hand-wrong" role="alert">${this.wrong_}</p>` : nothing}
        ${DIGITS.map((digit) => this.key_(digit))}
        <button type="button" class="button pad-key" aria-label=${words.delete_key}
          @click=${() => { this.bib_ = this.bib_.slice(0, -1); }}>⌫</button>
        ${this.key_("0")}
        <button class="button strong pad-key">${words.now_key}</button>
      </form>
      <p class="hand-state" role="status">${waiting > 0 ? words.waits(waiting) : ""}
        ${this.queue_?.only_here ? words.only_here : ""}</p>
      ${this.list_()}`;
  }

  private key_(digit: string): TemplateResult {
    return html`<button type="button" class="button pad-key" @click=${() => this.type_(digit)}>${digit}</button>`;
  }

  private list_(): TemplateResult {
    const entries = [...(this.queue_?.entries() ?? [])].reverse();
    return html`<ol class="hand-list">${repeat(entries, (one) => one.id, (one) => this.entry_(one))}</ol>`;
  }

  private entry_(one: HandEntry): TemplateResult {
    const { words } = this;
    const { format } = this.context;
    const time = `${format.time(one.at)}${one.at.slice(19, 21).replace("Z", "")}`;
    const open = one.state !== "written" && (one.bib === "" || one.state === "refused");
    const said = one.state === "written" ? words.written(String(one.seq ?? "")) : words[one.state];
    return html`<li class="is-${one.state}">
      ${open ? html`<form @submit=${(event: Event) => this.mend_(event, one)}>
          <input name="bib" class="hand-mend" inputmode="numeric" autocomplete="off" maxlength=${BIB_MAX} .value=${one.bib}
            placeholder=${words.bib_missing} aria-label=${words.entry_bib(time)}></form>` : html`<b>${one.bib}</b>`}
      <span>${time}</span><span class="quiet">${one.mat}</span>
      <span class="hand-said">${said}</span>
      ${one.state === "written" ? nothing : html`<button class="link" aria-label=${words.drop_of(time)}
        @click=${() => this.queue_?.drop(one.id)}>${words.drop}</button>`}
      ${one.why ? html`<p class="problem">${one.why}</p>` : nothing}</li>`;
  }

  private mend_(event: Event, one: HandEntry): void {
    event.preventDefault();
    const bib = String(new FormData(event.target as HTMLFormElement).get("bib") ?? "").trim();
    if (!is_bib(bib)) return;
    this.queue_?.set_bib(one.id, bib);
    this.send();
  }
}

customElements.define("hs-hand-pad", HandPad);
