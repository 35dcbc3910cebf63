// A step of the decision guide as controls; read without trust, like the rest of a reply.

import { fields, list, number, text } from "./read.js";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly payload: string;
}

export interface Cell {
  readonly text: string;
  readonly citations: readonly number[];
}

export interface Group {
  readonly count: number;
  readonly of: number;
  readonly words: string;
}

export type Control =
  | { readonly kind: "radio"; readonly id: string; readonly label: string; readonly help: string; readonly options: readonly Option[]; readonly value: string }
  | { readonly kind: "rating"; readonly id: string; readonly label: string; readonly number: number; readonly low: string; readonly high: string; readonly value: string }
  | { readonly kind: "text"; readonly id: string; readonly label: string; readonly help: string; readonly max: number; readonly value: string }
  | { readonly kind: "info"; readonly label: string; readonly lines: readonly string[] }
  | { readonly kind: "table"; readonly label: string; readonly columns: readonly string[]; readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[] }
  | { readonly kind: "icons"; readonly label: string; readonly help: string; readonly groups: readonly Group[] }
  | { readonly kind: "link"; readonly label: string; readonly href: string };

export interface Form {
  readonly screen: string;
  readonly step: number;
  readonly of: number;
  readonly progress: string;
  readonly title: string;
  readonly say: readonly string[];
  readonly controls: readonly Control[];
  readonly actions: readonly { readonly label: string; readonly payload: string }[];
}

function readControl(value: unknown): Control | null {
  const of = fields(value);
  const [id, label, help] = [text(of["id"]), text(of["label"]), text(of["help"])];
  switch (of["kind"]) {
    case "radio":
      return { kind: "radio", id, label, help, options: list(of["options"], readOption), value: text(of["value"]) };
    case "rating":
      return { kind: "rating", id, label, number: number(of["number"]), low: text(of["low"]), high: text(of["high"]), value: of["value"] === null ? "" : String(number(of["value"])) };
    case "text":
      return { kind: "text", id, label, help, max: number(of["max"]) || 500, value: text(of["value"]) };
    case "info":
      return { kind: "info", label, lines: list(of["lines"], text) };
    case "table":
      return { kind: "table", label, columns: list(of["columns"], text), rows: list(of["rows"], readRow) };
    case "icons":
      return { kind: "icons", label, help, groups: list(of["groups"], readGroup) };
    case "link":
      return { kind: "link", label, href: text(of["href"]) };
    default:
      return null;
  }
}

function readOption(value: unknown): Option {
  const of = fields(value);
  return { value: text(of["value"]), label: text(of["label"]), payload: text(of["payload"]) };
}

function readRow(value: unknown): { label: string; cells: Cell[] } {
  const of = fields(value);
  const cell = (one: unknown): Cell => ({ text: text(fields(one)["text"]), citations: list(fields(one)["citations"], number) });
  return { label: text(of["label"]), cells: list(of["cells"], cell) };
}

function readGroup(value: unknown): Group {
  const of = fields(value);
  return { count: Math.min(number(of["count"]), 100), of: Math.min(number(of["of"]), 100), words: text(of["words"]) };
}

/** The form in a reply's structured part, or null where there is none. */
export function readForm(value: unknown): Form | null {
  const of = fields(value);
  if (!number(of["step"])) return null;
  return {
    screen: text(of["screen"]),
    step: number(of["step"]),
    of: number(of["of"]),
    progress: text(of["progress"]),
    title: text(of["title"]),
    say: list(of["say"], text),
    controls: list(of["controls"], readControl).filter((one): one is Control => one !== null),
    actions: list(of["actions"], (one) => ({ label: text(fields(one)["label"]), payload: text(fields(one)["payload"]) })),
  };
}

/** What a filled form says: a pressed choice, or words for the server (`said`) with what the log shows of them. */
export function answerOf(form: Form, given: FormData): { title: string; payload?: string; said?: string } | null {
  const ratings = form.controls.flatMap((one) => (one.kind === "rating" && given.get(one.id) ? [`${one.number}: ${String(given.get(one.id))}`] : []));
  if (ratings.length) return { title: ratings.join(", "), said: `Answer: ${ratings.join(", ")} next` };
  const words = form.controls.flatMap((one) => (one.kind === "text" ? [String(given.get(`${one.id}-text`) ?? "").trim()] : [])).join(" ");
  if (words) return { title: words, said: `Answer: ${words}` };
  for (const one of form.controls) {
    const chosen = one.kind === "radio" && one.options.find((option) => option.value === given.get(one.id));
    if (chosen) return { title: chosen.label, payload: chosen.payload };
  }
  return null;
}
