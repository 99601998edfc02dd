import type { Words } from "../words/index.js";
import { de } from "./words_de.js";
import { en, type OfficialWords } from "./words_en.js";

export type { OfficialWords };

/** The officials' words in the language that the page speaks. */
export const official_words = (words: Words): OfficialWords => (words.language === "de" ? de : en);
