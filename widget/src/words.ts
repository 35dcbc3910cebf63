// Which language the widget speaks, and how it writes dates and numbers in it.

import languages from "languages";

/** The widget's own words. The assistant's answers come from the server and are in English. */
export type Strings = Readonly<Record<keyof typeof import("../languages/en.json"), string>>;

const { names, ...said } = languages;
const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi)/;
const words = (language: string): Strings => Object.fromEntries(names!.map((name, place) => [name, (said[language] ?? said["en"])![place]])) as Strings;

export interface Words {
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  readonly say: Strings;
}

let last: { own: unknown; words: Words } | undefined; // asked for again and again: the same object, while it is the same

/**
 * The words for the first of `wanted` that the widget speaks ("es-MX" counts as "es"), else English. With `own`, words that
 * the page brings, the first of `wanted` is spoken; what `own` lacks is said in English.
 */
export function wordsFor(own: Partial<Strings> | null | undefined, ...wanted: readonly (string | null | undefined)[]): Words {
  const tags = wanted.map((tag) => (tag ?? "").toLowerCase().split(/[-_]/)[0] ?? "").filter(Boolean);
  const language = (own ? tags[0] : tags.find((tag) => Object.hasOwn(said, tag))) ?? "en";
  if (last?.own !== own || last?.words.language !== language) {
    const say = { ...words(language), ...own };
    last = { own, words: { language, direction: RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr", say } };
  }
  return last.words;
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
const SIGNS = Object.entries({
  ar: "\\p{sc=Arab}",
  he: "\\p{sc=Hebr}",
  ko: "\\p{sc=Hang}",
  ja: "\\p{sc=Hira}|\\p{sc=Kana}",
  zh: "\\p{sc=Hani}",
  hi: "\\p{sc=Deva}",
  uk: "[іїєґ]",
  ru: "\\p{sc=Cyrl}",
  vi: "[ạảấầậắằếềệịọốồộớờợụủứừựỳ]",
  tr: "[ğş]|\\bhemen\\b",
  pl: "[łęśż]",
  sv: "å",
  en: "\\b(the|you|your|I'm)\\b",
  fr: "\\b(vous|les|appelez)\\b",
  de: "\\b(sie|und|nicht)\\b",
  pt: "[ãõ]|\\b(você|falo)\\b",
  es: "\\b(usted|llame|hablo)\\b",
  it: "\\b(che|chiami|lei)\\b",
  nl: "\\b(het|niet|bel)\\b",
  tl: "\\b(ang|mga|sa)\\b",
}).map(([language, sign]) => [language, new RegExp(sign, "iu")] as const);

/** The language of a reply, so that a screen reader speaks it right: emergencies are answered in more than English. */
export function languageOf(text: string): string | undefined {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}
