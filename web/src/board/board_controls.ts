import { html, nothing, type TemplateResult } from "lit";
import type { Division, Race } from "../contract.js";
import type { Route } from "../route.js";
import type { Context } from "../view.js";

type Set = (changed: Record<string, string | undefined>) => void;

/** Typing stops for this long before it is searched. */
const TYPED_MS = 250;
let typed: ReturnType<typeof setTimeout> | undefined;

interface Choice {
  value: string;
  text: string;
}

function choose(name: string, label: string, chosen: string | undefined, choices: Choice[],
                set: Set): TemplateResult {
  return html`<label class="field"><span>${label}</span>
    <select name=${name} @change=${(event: Event) =>
      set({ [name]: (event.target as HTMLSelectElement).value || undefined })}>
      ${choices.map((one) => html`<option value=${one.value} ?selected=${one.value === (chosen ?? "")}
        .selected=${one.value === (chosen ?? "")}>${one.text}</option>`)}
    </select></label>`;
}

/** The divisions that go with the sex asked for. */
export const divisions_of = (race: Race, sex: string | undefined): Division[] =>
  race.divisions.filter((one) => !sex || one.sex === undefined || one.sex === sex);

/** Race, point, sex, division and search; each stands in the address. */
export function board_controls(context: Context, race: Race, route: Route, set: Set): TemplateResult {
  const { words, format, races } = context;
  const { point, sex, division, search } = route.params;
  const all = { value: "", text: words.everybody };
  const sexes = (["F", "M", "X"] as const).filter((one) => one !== "X" || race.divisions.some((of) => of.sex === "X"));
  return html`<form class="controls" role="search" @submit=${(event: Event) => event.preventDefault()}>
    <label class="field wide"><span>${words.search}</span>
      <input type="search" name="search" autocomplete="off" spellcheck="false" enterkeyhint="search"
        placeholder=${words.search_for} .value=${search ?? ""} @input=${(event: Event) => {
          clearTimeout(typed);
          const { value } = event.target as HTMLInputElement;
          typed = setTimeout(() => set({ search: value.trim() || undefined }), TYPED_MS);
        }}></label>
    ${races.length < 2 ? nothing : choose("race", words.race, race.id,
      races.map((one) => ({ value: one.id, text: one.name })),
      (changed) => set({ ...changed, point: undefined, division: undefined }))}
    ${choose("point", words.point, point, [{ value: "", text: words.at_finish },
      ...race.points.filter((one, n) => n > 0 && !one.spotter && one.id !== "finish")
        .map((one) => ({ value: one.id, text: format.point(one.id) })).reverse()], set)}
    ${choose("sex", words.sex_label, sex, [all, ...sexes.map((one) => ({ value: one, text: words.sex[one] }))],
      (changed) => set({ ...changed, division: undefined }))}
    ${choose("division", words.division, division,
      [all, ...divisions_of(race, sex).map((one) => ({ value: one.id, text: one.id }))], set)}
  </form>`;
}
