import { html, nothing, type TemplateResult } from "lit";
import type { Context } from "../view.js";
import { is_bib } from "./dial.js";
import type { OfficialWords } from "./words.js";
import "./explained.js";

/** The runner that the address names, `?runner=12`; anything that is no bib is nobody. */
export const asked_bib = (params: Readonly<Record<string, string>>): string | undefined =>
  params["runner"] !== undefined && is_bib(params["runner"]) ? params["runner"] : undefined;

/** A form that looks a bib up, and below it the runner that was looked up. */
export function bib_workspace(context: Context, words: OfficialWords, race: string, bib: string | undefined,
                              state_of: unknown): TemplateResult {
  const { races, router, words: page } = context;
  const look = (event: Event): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    router.set({ race: String(form.get("race") ?? race), runner: String(form.get("runner") ?? "").trim() || undefined });
  };
  return html`<form class="look-up" role="search" aria-label=${words.look_up} @submit=${look}>
      ${races.length < 2 ? nothing : html`<label class="field"><span>${page.race}</span><select name="race">${races.map((one) =>
        html`<option value=${one.id} .selected=${one.id === race}>${one.name}</option>`)}</select></label>`}
      <label class="field"><span>${words.field.bib}</span><input name="runner" inputmode="numeric" autocomplete="off"
        maxlength="12" .value=${bib ?? ""}></label>
      <button class="button">${words.look_up}</button></form>
    ${bib ? html`<hs-explained .context=${context} .words=${words} .race=${race} .bib=${bib} .state_of=${state_of}></hs-explained>`
      : nothing}`;
}
