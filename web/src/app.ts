import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { html as static_html, unsafeStatic } from "lit/static-html.js";
import { Api } from "./api.js";
import type { AsOf, Change, Races } from "./contract.js";
import { Format } from "./format.js";
import { Live, type Line } from "./live.js";
import { list_words } from "./list_words.js";
import { href, Router, type Route } from "./route.js";
import type { Context, View } from "./view.js";
import { view_named, VIEWS } from "./views.js";
import { en, words_of } from "./words/index.js";

/** Waits between attempts to reach the server for the first time. */
const RETRY_MS = 3_000;
/** Kinds of change after which counts and guns of the races are read again, at most this often. */
const RACES_MS_MIN = 5_000;

/** What the server put over the page until it draws itself. */
const drop_first_content = (): void => document.getElementById("first")?.remove();

/**
 * The page around the views: masthead, menu, how old what is shown is, and the view of the address.
 */
export class App extends LitElement {
  static override properties = {
    context_: { state: true }, route_: { state: true }, loaded_: { state: true },
    as_of_: { state: true }, line_: { state: true }, reached_: { state: true },
    failed_: { state: true }, said_: { state: true },
  };

  private declare context_: Context | undefined;
  private declare route_: Route;
  private declare loaded_: string;
  private declare as_of_: AsOf | undefined;
  private declare line_: Line;
  private declare reached_: boolean;
  private declare failed_: string;
  private declare said_: string;

  private readonly api_ = new Api(document.baseURI, (input, init) => fetch(input, init));
  private readonly live_ = new Live((after) => this.api_.url("events", { after }));
  private readonly router_ = new Router((route, moved) => this.moved_(route, moved));
  private named_ = "";
  private races_due_: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.route_ = this.router_.route;
    this.loaded_ = "";
    this.line_ = "connecting";
    this.reached_ = true;
    this.failed_ = "";
    this.said_ = "";
    this.api_.on_reached = (reached) => { this.reached_ = reached; };
    this.live_.add({
      on_line: (line) => this.line_changed_(line),
      on_changes: (changes) => this.changed_(changes),
      on_resync: () => void this.read_races_(),
    });
    this.addEventListener("told", (told) => {
      this.as_of_ = (told as CustomEvent<AsOf>).detail;
      setTimeout(drop_first_content); // behind the drawing of what was told
    });
    this.addEventListener("settled", drop_first_content);
    this.addEventListener("named", (named) => {
      this.named_ = (named as CustomEvent<string>).detail;
      this.requestUpdate();
    });
    this.addEventListener("say", (say) => { this.said_ = (say as CustomEvent<string>).detail; });
  }

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.start_();
    void this.load_view_();
  }

  private async start_(): Promise<void> {
    if (!(await this.read_races_())) {
      setTimeout(() => void this.start_(), RETRY_MS);
      return;
    }
    this.live_.watch_page();
    this.live_.follow(this.as_of_ === undefined ? undefined : String(this.as_of_.seq));
  }

  /** Reads everything on the page again. */
  refresh(): void {
    void this.read_races_();
    this.querySelector<View>("main > *")?.refresh?.();
  }

  /** Reads event and races; false where that failed. */
  private async read_races_(): Promise<boolean> {
    try {
      const { data, same } = await this.api_.get<Races>("api/v1/races");
      if (same && this.context_) return true;
      const words = await words_of(data.event.language);
      const format = this.context_?.words === words ? this.context_.format : new Format(words, data.event);
      document.documentElement.lang = words.language;
      this.as_of_ ??= data.as_of;
      this.context_ = { api: this.api_, live: this.live_, router: this.router_, words, format,
        event: data.event, races: data.items };
      this.failed_ = "";
      return true;
    } catch (error) {
      if (!this.context_) this.failed_ = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  private changed_(changes: Change[]): void {
    if (this.races_due_ !== undefined || !changes.some((change) => change.kind !== "moment")) return;
    this.races_due_ = setTimeout(() => {
      this.races_due_ = undefined;
      if (!document.hidden) void this.read_races_();
    }, RACES_MS_MIN);
  }

  private line_changed_(line: Line): void {
    const words = this.context_?.words;
    if (words && line === "live" && this.line_ === "offline") this.said_ = words.is_back;
    if (words && line === "offline") this.said_ = words.is_offline(this.as_of_text_());
    this.line_ = line;
  }

  private moved_(route: Route, moved: "forward" | "back"): void {
    const other = route.view !== this.route_.view || route.params["bib"] !== this.route_.params["bib"];
    this.route_ = route;
    if (other) this.named_ = "";
    void this.load_view_();
    if (other && moved === "forward") {
      scrollTo(0, 0);
      void this.updateComplete.then(() => document.getElementById("main")?.focus({ preventScroll: true }));
    }
  }

  private async load_view_(): Promise<void> {
    const view = view_named(this.route_.view);
    if (!view) return;
    try {
      await view.load();
      this.loaded_ = view.name;
    } catch (error) {
      if (this.reached_ && reload_once(view.name)) return;
      this.failed_ = error instanceof Error ? error.message : String(error);
    }
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.failed_) drop_first_content();
    const view = view_named(this.route_.view);
    const words = this.context_?.words ?? en;
    const title = this.named_ || (view ? view.title(words) : words.not_found);
    document.title = this.context_ ? `${title} · ${this.context_.event.name}` : "Homestretch";
  }

  private as_of_text_(): string {
    return this.as_of_ && this.context_ ? this.context_.format.time(this.as_of_.at) : "";
  }

  protected override render(): TemplateResult {
    const words = this.context_?.words ?? en;
    if (!this.context_ && !this.failed_) return this.mast_(); // nothing that could move later
    return html`
      <a class="skip" href="#main" @click=${this.skip_}>${words.skip}</a>
      ${this.mast_()}
      ${this.offline_note_()}
      <main id="main" tabindex="-1">${this.content_()}</main>
      <footer class="foot"><p>${words.foot}</p></footer>
      <p class="unseen" role="status" aria-live="polite">${this.said_}</p>`;
  }

  private skip_(click: Event): void {
    click.preventDefault();
    document.getElementById("main")?.focus();
  }

  private mast_(): TemplateResult {
    // Drawn once it is known, in room that was kept: nothing moves when the name arrives.
    if (!this.context_) return html`<header class="mast"></header>`;
    const { words, event } = this.context_;
    const { race } = this.route_.params;
    const current = view_named(this.route_.view);
    const has_awards = this.context_.races.some((one) => (one.awards ?? 0) > 0);
    const entries = VIEWS.filter((view) => view.menu && (view.name !== "awards" || has_awards) &&
      (view.audience === "public" || current?.audience === "officials"));
    return html`<header class="mast">
      <div class="bar">
        <p class="event">${event.name}</p>
        <nav aria-label=${words.views}>${entries.map((view) => html`
          <a href=${href(view.name, { race })}
            aria-current=${view.name === this.route_.view ? "page" : nothing}>${view.title(words)}</a>`)}
        </nav>
      </div>
      ${this.standing_()}
    </header>`;
  }

  /** "published · version 2 · protests until 15:00 · as of 11:42:07 · live", of the race of the address. */
  private standing_(): TemplateResult | typeof nothing {
    const words = this.context_?.words ?? en;
    if (!this.as_of_ || !this.context_) return nothing;
    const line = this.reached_ ? this.line_ : "offline";
    return html`<p class="standing">
      ${list_words(this.context_, this.route_.params["race"], this.as_of_).map((text, n) => n === 0
        ? html`<strong>${text}</strong>` : html`<span>${text}</span>`)}
      <span>${words.as_of(this.as_of_text_())}</span>
      <span class="line ${line}">${words[line]}</span>
    </p>`;
  }

  private offline_note_(): TemplateResult | typeof nothing {
    const gone = this.line_ === "offline" || !this.reached_;
    if (!gone || !this.context_ || !this.as_of_) return nothing;
    return html`<p class="banner">${this.context_.words.is_offline(this.as_of_text_())}</p>`;
  }

  private content_(): TemplateResult {
    const words = this.context_?.words ?? en;
    const view = view_named(this.route_.view);
    if (!view) return html`<h1>${words.not_found}</h1>`;
    if (this.failed_) {
      return html`<h1>${words.unreachable}</h1><p class="lede">${words.retrying}</p>
        <p class="quiet">${this.failed_}</p>`;
    }
    if (!this.context_ || this.loaded_ !== view.name) {
      return html`<p class="waiting" role="status"><span class="unseen">${words.loading}</span></p>`;
    }
    if (this.context_.races.length === 0) return html`<h1>${words.no_race}</h1>`;
    const tag = unsafeStatic(view.tag); // from the table of views, nobody else's text
    return static_html`<${tag} .context=${this.context_} .route=${this.route_}></${tag}>` as TemplateResult;
  }
}

/** The server may have been renewed under an open page, and the old files are gone: once anew. */
function reload_once(view: string): boolean {
  const key = `homestretch.reloaded.${view}`;
  try {
    if (sessionStorage.getItem(key)) return false;
    sessionStorage.setItem(key, "1");
  } catch {
    return false;
  }
  location.reload();
  return true;
}
