// From a message to what is shown: its text is cut into paragraphs, lists and facts, and what is shown apart is taken out.

import type { Fact, Message } from "./contract.js";

export type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "heading"; readonly text: string }
  | { readonly type: "list"; readonly items: readonly string[] }
  | { readonly type: "fact"; readonly fact: Fact; readonly detail: string; readonly grounds: string | null };

const NUMBERS = /\s*((?:\[\d+\])+)\s*(?:\((.*)\))?\s*$/;
const ITEM = /^[-•]\s+/;

/** The blocks of `message` in reading order. Facts that its text does not name come last, so that none is lost. */
export function blocksOf(message: Message): Block[] {
  const left = [...message.facts];
  const blocks = paragraphs(message).flatMap((lines) => read(lines, left));
  return [...blocks, ...left.map((fact): Block => ({ type: "fact", fact, detail: "", grounds: null }))];
}

/** The paragraphs of the text, without those that say again what is shown from the structured part. */
function paragraphs(message: Message): string[][] {
  const apart = (paragraph: string): boolean =>
    (paragraph.startsWith("Keep in mind:") && message.caveats.length > 0) ||
    (paragraph.startsWith("Please note:") && message.notice !== null) ||
    (paragraph.startsWith("Sources:") && message.sources.length > 0);
  return message.text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() && !apart(paragraph))
    .map((paragraph) => paragraph.split("\n").filter((line) => line.trim()));
}

function read(lines: readonly string[], left: Fact[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const fact = left.find((one) => line.startsWith(one.statement));
    const last = blocks.at(-1);
    if (fact) {
      left.splice(left.indexOf(fact), 1);
      const rest = line.slice(fact.statement.length);
      const [, , grounds] = NUMBERS.exec(rest) ?? [];
      blocks.push({ type: "fact", fact, detail: rest.replace(NUMBERS, "").trim(), grounds: grounds ?? null });
    } else if (ITEM.test(line)) {
      const item = line.replace(ITEM, "");
      if (last?.type === "list") blocks[blocks.length - 1] = { type: "list", items: [...last.items, item] };
      else blocks.push({ type: "list", items: [item] });
    } else {
      blocks.push({ type: "text", text: line });
    }
  }
  return blocks.map((block, index) => headed(block, blocks[index + 1]));
}

/** A line before facts or a list that is a question, or ends in a colon, is their heading. */
function headed(block: Block, next: Block | undefined): Block {
  const heads = next && next.type !== "heading" && block.type === "text" && block.text.length < 90;
  if (!heads) return block;
  return (next.type === "fact" && block.text.endsWith("?")) || (next.type === "list" && block.text.endsWith(":"))
    ? { type: "heading", text: block.text }
    : block;
}
