import { en, type Words } from "./en.js";

export type { Words };
export { en };

/** The words of a language: English at once, others when asked for; English where there is none. */
export async function words_of(language: string | undefined): Promise<Words> {
  if (language?.toLowerCase().startsWith("de")) return (await import("./de.js")).de;
  return en;
}
