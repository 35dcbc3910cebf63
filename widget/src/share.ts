// The conversation for somewhere else: as text for the clipboard, as a clean page for the printer.

import { blocksOf } from "./blocks.js";
import { webAddress } from "./links.js";
import type { Message, Source } from "./contract.js";
import type { Item } from "./keep.js";
import { pageStyles } from "./styles/index.js";
import { capital, dateWords, fill, languageOf, type Words } from "./words.js";

/** Puts `text` on the clipboard; says whether that worked. */
export async function toClipboard(text: string, near: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return oldCopy(text, near);
  }
}

/** For pages without TLS, where there is no clipboard interface. */
function oldCopy(text: string, near: Element): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  near.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/** The conversation as plain text: the replies' own text holds statements, numbers and sources. */
export function asText(items: readonly Item[], words: Words): string {
  const { say } = words;
  const said = items.map((item) => {
    if (item.type === "asked") return `${say.you}: ${item.text}`;
    return item.type === "answered" ? `${say.assistant}: ${item.message.text}` : say.renewed;
  });
  return [...said, say.disclaimer].join("\n\n");
}

/** Opens a page with the conversation and asks to print it; false where the browser blocked it. */
export function print(items: readonly Item[], words: Words, title: string): boolean {
  const opened = window.open("", "_blank");
  if (!opened) return false;
  const page = opened.document;
  page.title = title;
  page.documentElement.lang = words.language;
  page.documentElement.dir = words.direction;
  const sheet = new (opened as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(pageStyles);
  page.adoptedStyleSheets = [sheet];
  page.body.append(pageOf(page, items, words, title));
  opened.focus();
  opened.print();
  return true;
}

type Add = (parent: Element, tag: string, text?: string, look?: string) => HTMLElement;

function pageOf(page: Document, items: readonly Item[], words: Words, title: string): HTMLElement {
  const { say, language } = words;
  const add: Add = (parent, tag, text = "", look = "") => {
    const made = page.createElement(tag);
    made.textContent = text;
    if (look) made.className = look;
    made.dir = "auto";
    parent.append(made);
    return made;
  };
  const main = page.createElement("main");
  add(main, "h1", title);
  const today = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" }).format(new Date());
  add(main, "p", fill(say.printed, today), "date");
  add(main, "p", say.disclaimer, "disclaimer");
  for (const item of items) {
    if (item.type === "asked") add(main, "h2", item.text);
    else if (item.type === "renewed") add(main, "p", say.renewed, "renewed");
    else reply(add, main, item.message, words);
  }
  return main;
}

function reply(add: Add, main: Element, message: Message, words: Words): void {
  const { say, language } = words;
  const part = add(main, "section", "", message.kind === "emergency" ? "emergency" : "");
  part.lang = languageOf(message.text) ?? language;
  for (const block of blocksOf(message)) {
    if (block.type === "list") {
      const list = add(part, "ul");
      block.items.forEach((item) => add(list, "li", item));
    } else if (block.type === "fact") {
      const line = add(part, "p", [block.fact.statement, block.detail].filter(Boolean).join(" "), "fact");
      add(line, "span", ` ${block.fact.citations.map((n) => `[${n}]`).join("")} `, "numbers");
      add(line, "span", `(${block.grounds ?? `${block.fact.evidence}, ${dateWords(block.fact.asOf, language)}`})`, "grounds");
    } else {
      add(part, block.type === "heading" ? "h3" : "p", block.text);
    }
  }
  if (message.caveats.length) add(part, "p", `${say.keepInMind}: ${message.caveats.join(" ")}`, "aside");
  if (message.notice) add(part, "p", `${say.notice}: ${message.notice}`, "aside");
  const list = message.sources.length ? add(part, "ol", "", "sources") : null;
  message.sources.forEach((source) => list && sourceLine(add, list, source, words));
}

function sourceLine(add: Add, list: Element, source: Source, { say, language }: Words): void {
  const date = source.published ? dateWords(source.published, language) : say.noDate;
  const item = add(list, "li", `[${source.n}] ${source.title}. ${source.publisher}, ${date}. ${capital(source.kind)}. `);
  if (source.interest) item.append(`${say.interest}: ${source.interest} `);
  const href = webAddress(source.url);
  if (href) add(item, "a", href).setAttribute("href", href);
}
