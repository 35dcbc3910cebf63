import { html, type TemplateResult } from "lit";
import { type Block, blocksOf } from "../blocks.js";
import type { Choice, Message } from "../contract.js";
import { dateWords, languageOf } from "../words.js";
import type { Host } from "./host.js";
import { alert, copy, info } from "./icons.js";
import { card, citations, sourceList } from "./source.js";
import { step } from "./form.js";
import { knownPhones, linked } from "./text.js";

const MORE = "/more";

/** A reply that is not an emergency: statements with their sources, caveats and notice set apart, what to ask next. */
export function answer(host: Host, id: string, message: Message, newest: boolean): TemplateResult {
  if (message.form) return step(host, id, message, message.form, newest);
  const { say } = host.words;
  const sourced = message.facts.length > 0;
  // A button for what is listed above it needs no list above it.
  const blocks = blocksOf(message).filter((block) => message.kind !== "clarify" || !message.buttons.length || block.type !== "list");
  return html`
    <div class="said" lang=${languageOf(message.text) ?? host.words.language} dir="auto">
      ${blocks.map((block, index) => shown(host, block, message, `${id}-${index}`))}
    </div>
    ${message.caveats.length
      ? html`<div class="aside caution">
          ${alert}
          <div><h3>${say.keepInMind}</h3>${message.caveats.map((caveat) => html`<p lang="en" dir="auto">${caveat}</p>`)}</div>
        </div>`
      : ""}
    ${message.notice
      ? html`<div class="aside note">
          ${info}
          <div><h3>${say.notice}</h3><p lang="en" dir="auto">${message.notice}</p></div>
        </div>`
      : ""}
    ${sourced
      ? html`<div class="foot">
          ${sourceList(host, message.sources)}
          <button type="button" class="quiet" @click=${() => host.copyAnswer(id, message.text)}>
            ${copy}<span>${host.copied === id ? say.copied : say.copy}</span>
          </button>
        </div>`
      : ""}
    ${newest ? buttons(host, message) : ""}
  `;
}

function shown(host: Host, block: Block, message: Message, place: string): TemplateResult {
  switch (block.type) {
    case "heading":
      return html`<h3 class="topic">${block.text}</h3>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${linked(host, item)}</li>`)}</ul>`;
    case "text":
      return html`<p>${linked(host, block.text, knownPhones(host))}</p>`;
    case "fact":
      return fact(host, block, message, place);
  }
}

function fact(host: Host, block: Extract<Block, { type: "fact" }>, message: Message, place: string): TemplateResult {
  const { fact: told, detail } = block;
  const grounds = block.grounds ?? `${told.evidence}, ${dateWords(told.asOf, host.words.language)}`;
  return html`<div class="fact">
    <p class="statement">${told.statement}</p>
    ${detail ? html`<p class="detail">${detail}</p>` : ""}
    <div class="grounds">${citations(host, told.citations, message.sources, place)}<span>${grounds}</span></div>
    ${card(host, told.citations, message.sources, place)}
  </div>`;
}

function buttons(host: Host, message: Message): unknown {
  if (!message.buttons.length) return "";
  const { say } = host.words;
  const label = message.kind === "clarify" ? say.choose : say.next;
  const chip = (choice: Choice): TemplateResult => html`<li>
    <button type="button" class=${choice.payload.startsWith(MORE) ? "chip more" : "chip"} lang="en" dir="auto" @click=${() => host.choose(choice)}>
      ${choice.title}
    </button>
  </li>`;
  const [more, other] = [true, false].map((wanted) => message.buttons.filter((one) => one.payload.startsWith(MORE) === wanted));
  return html`<div class="next">
    ${more?.length ? html`<ul class="chips">${more.map(chip)}</ul>` : ""}
    ${other?.length ? html`<h3>${label}</h3><ul class="chips">${other.map(chip)}</ul>` : ""}
  </div>`;
}
