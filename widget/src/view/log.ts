import { html, render, type TemplateResult } from "lit";
import type { Answered, Asked, Item } from "../keep.js";
import { fill } from "../words.js";
import { answer } from "./answer.js";
import { emergency } from "./emergency.js";
import type { Host } from "./host.js";
import { again, alert, down, info } from "./icons.js";
import { linked, urgent } from "./text.js";

/** Everything that scrolls: the greeting, what people often ask, and the log of messages. */
export function log(host: Host): TemplateResult {
  const { say } = host.words;
  const newest = host.talk.items.at(-1);
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label=${say.log}>
      ${greeting(host)}
      <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${say.log}></div>
      <div class="status" role="status">
        ${host.talk.waiting
          ? html`<span class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${host.talk.slow ? say.slow : say.typing}</span>`
          : ""}
      </div>
    </div>
    ${host.behind && !urgentNow(newest)
      ? html`<button type="button" class="newest" aria-label=${say.newest} @click=${() => host.toNewest()}>${down}</button>`
      : ""}
  `;
}

const urgentNow = (item: Item | undefined): boolean => item?.type === "answered" && item.message.kind === "emergency";

function greeting(host: Host): TemplateResult {
  const { say } = host.words;
  return html`<div class="greeting">
    <p class="hello">${say.welcome}</p>
    <p>${say.welcomeMore}</p>
    ${urgent(host)}
    ${host.talk.items.length || !host.starters.length
      ? ""
      : html`<h3>${say.starters}</h3>
          <ul class="chips">
            ${host.starters.map(
              (text) => html`<li><button type="button" class="chip" lang="en" dir="auto" @click=${() => host.choose(text)}>${text}</button></li>`,
            )}
          </ul>`}
  </div>`;
}

/**
 * Puts the rows into the log. A message keeps its element and comes into the log whole, so that a screen reader reads
 * it once, whatever is put before it or taken out.
 */
export function rows(host: Host, log: Element): void {
  const before = new Map(Array.from(log.children, (one) => [(one as HTMLElement).dataset["id"], one as HTMLElement]));
  const now = host.talk.items.map((item) => {
    const element = before.get(item.id) ?? document.createElement(item.type === "answered" ? "article" : "div");
    before.delete(item.id);
    row(host, item, element);
    return element;
  });
  before.forEach((gone) => gone.remove());
  now.forEach((element, place) => {
    const there = log.children[place];
    if (there !== element) log.insertBefore(element, there ?? null);
  });
}

const shown = new WeakMap<Element, readonly unknown[]>();

/** Puts `item` into its element, unless all that its look depends on is as it was: a long log must not slow down typing. */
function row(host: Host, item: Item, element: HTMLElement): void {
  const newest = item === host.talk.items.at(-1);
  const from = [item, newest, host.words, host.card, host.copied, host.talk.session, host.clinicPhone];
  if (shown.get(element)?.every((one, place) => one === from[place])) return;
  shown.set(element, from);
  element.dataset["id"] = item.id;
  element.className = `row ${host.talk.fresh.has(item.id) ? "fresh " : ""}${item.type}`;
  if (item.type === "answered") {
    element.dataset["kind"] = item.message.kind;
    element.ariaLabel = host.words.say.assistant;
    render(answered(host, item, newest), element);
  } else {
    render(item.type === "asked" ? asked(host, item) : html`<p>${info}<span>${host.words.say.renewed}</span></p>`, element);
  }
}

function answered(host: Host, item: Answered, newest: boolean): TemplateResult {
  return item.message.kind === "emergency"
    ? emergency(host, item.message, newest && host.talk.fresh.has(item.id))
    : answer(host, item.id, item.message, newest);
}

function asked(host: Host, item: Asked): TemplateResult {
  const { say } = host.words;
  return html`
    <div class=${item.state === "failed" ? "bubble failed" : "bubble"}><span class="sr">${say.you}: </span>${item.text}</div>
    ${item.state === "failed" ? failed(host, item) : ""}
  `;
}

function failed(host: Host, item: Asked): TemplateResult {
  const { say } = host.words;
  const { failure } = item;
  const seconds = failure?.waitUntil ? Math.ceil((failure.waitUntil - Date.now()) / 1000) : 0;
  const why = failure?.reason === "connection" ? say.noConnection : say.failed;
  return html`<div class="problem">
    <h3>${alert}<span>${say.notSent}</span></h3>
    ${failure?.text ? html`<p lang="en" dir="auto">${linked(host, failure.text)}</p>` : html`<p>${why}</p>${urgent(host)}`}
    ${seconds > 0 ? html`<p>${fill(say.wait, seconds)}</p>` : ""}
    <div class="acts">
      <button type="button" class="act" @click=${() => host.retry(item)}>${again}<span>${say.retry}</span></button>
      <button type="button" class="act plain" @click=${() => host.takeBack(item)}>${say.edit}</button>
    </div>
  </div>`;
}
