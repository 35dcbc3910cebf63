// Which language the widget speaks, and how it writes dates and numbers in it.

import { en, type Strings } from "./strings/en.js";
import { es } from "./strings/es.js";

const LANGUAGES: Readonly<Record<string, Strings>> = { en, es };
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi)/;

export type { Strings };

export interface Words {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly say: Strings;
}

/**
 * The words for the first of `wanted` that the widget speaks ("es-MX" counts as "es"), else English. With `own`, words that
 * the page brings, the first of `wanted` is spoken; what `own` lacks is said in English.
 */
export function wordsFor(own: Partial<Strings> | null, ...wanted: readonly (string | null | undefined)[]): Words {
  const tags = wanted.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "").filter(Boolean);
  const language = (own ? tags[0] : tags.find((tag) => Object.hasOwn(LANGUAGES, tag))) ?? "en";
  const say = { ...(LANGUAGES[language] ?? en), ...own };
  return { language, direction: RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr", say };
}

/** `template` with `{n}` filled in. */
export const fill = (template: string, n: string | number): string => template.replace("{n}", String(n));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An ISO year, month or day in words of `language`: "24 October 2024", "October 2024", "2024". */
export function dateWords(iso: string, language: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !/^\d{4}(-\d\d){0,2}$/.test(iso)) return iso;
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = "long";
  if (day) options.day = "numeric";
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, options).format(Date.UTC(year, (month || 1) - 1, day || 1));
}

// By script, then by letters and small words; the first that fits.
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "ja"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/[іїєґ]/u, "uk"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/[ạảấầậắằếềệịọốồộớờợụủứừựỳ]/i, "vi"],
  [/[ğş]|\bhemen\b/i, "tr"],
  [/[łęśż]/i, "pl"],
  [/å/i, "sv"],
  [/\b(the|you|your|I'm)\b/i, "en"],
  [/\b(vous|les|appelez)\b/i, "fr"],
  [/\b(sie|und|nicht)\b/i, "de"],
  [/[ãõ]|\b(você|falo)\b/i, "pt"],
  [/\b(usted|llame|hablo)\b/i, "es"],
  [/\b(che|chiami|lei)\b/i, "it"],
  [/\b(het|niet|bel)\b/i, "nl"],
  [/\b(ang|mga|sa)\b/i, "tl"],
];

/** The language of a reply, so that a screen reader speaks it right: emergencies are answered in more than English. */
export function languageOf(text: string): string | undefined {
  return SIGNS.find(([pattern]) => pattern.test(text))?.[1];
}
