import { html, type TemplateResult } from "lit";
import { fill } from "../words.js";
import type { Host } from "./host.js";
import { again, chat, close, copy, info, more, phone, print, send } from "./icons.js";
import { phoneAddress } from "../links.js";
import { log } from "./log.js";
import { callWords } from "./text.js";

export const LIMIT = 4000; // characters; the server reads no more
const WARN_AT = 3600;

/** The window of the conversation. */
export function panel(host: Host): TemplateResult {
  return html`
    <header>
      <span class="mark">${chat}</span>
      <div class="titles">
        <h2 id="title">${host.heading ?? host.words.say.title}</h2>
        <p>${host.words.say.subtitle}</p>
      </div>
      <button
        type="button"
        class="round"
        id="options"
        aria-label=${host.words.say.options}
        aria-expanded=${host.menu ? "true" : "false"}
        aria-controls="menu"
        @click=${() => host.toggleMenu()}
      >
        ${more}
      </button>
      ${menu(host)}
      <button type="button" class="round" id="close" aria-label=${host.words.say.close} @click=${() => host.close()}>${close}</button>
    </header>
    ${host.asking ? restartAsk(host) : ""}
    <div class="offline" role="status">${host.offline ? html`${info}<span>${host.words.say.offline}</span>` : ""}</div>
    <div class="middle">${log(host)}</div>
    ${composer(host)}
  `;
}

function menu(host: Host): TemplateResult {
  const { say } = host.words;
  const empty = !host.talk.items.length;
  const href = phoneAddress(host.clinicPhone);
  return html`<ul class="menu" id="menu" ?hidden=${!host.menu}>
    <li><button type="button" ?disabled=${empty} @click=${() => host.copyAll()}>${copy}<span>${say.copyAll}</span></button></li>
    <li><button type="button" ?disabled=${empty} @click=${() => host.print()}>${print}<span>${say.print}</span></button></li>
    <li><button type="button" ?disabled=${empty} @click=${() => host.askRestart(true)}>${again}<span>${say.restart}</span></button></li>
    ${href ? html`<li><a href=${href}>${phone}${callWords(host, host.clinicPhone ?? "")}</a></li>` : ""}
  </ul>`;
}

function restartAsk(host: Host): TemplateResult {
  const { say } = host.words;
  return html`<div class="ask" role="group" aria-labelledby="restart-ask">
    <p id="restart-ask">${say.restartAsk}</p>
    <div class="acts">
      <button type="button" class="act" id="restart-yes" @click=${() => host.restart()}>${say.restartYes}</button>
      <button type="button" class="act plain" @click=${() => host.askRestart(false)}>${say.restartNo}</button>
    </div>
  </div>`;
}

function composer(host: Host): TemplateResult {
  const { say } = host.words;
  const left = LIMIT - host.talk.draft.length;
  const typed = (event: Event): void => host.write((event.target as HTMLTextAreaElement).value);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    host.submit();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    host.submit();
  };
  return html`<form class="composer" @submit=${submit}>
    <label class="sr" for="input">${say.input}</label>
    <div class="field">
      <textarea
        id="input"
        rows="1"
        dir="auto"
        maxlength=${LIMIT}
        placeholder=${say.placeholder}
        aria-describedby="hint left"
        autocomplete="off"
        enterkeyhint="send"
        .value=${host.talk.draft}
        @input=${typed}
        @keydown=${key}
      ></textarea>
      <button type="submit" class="send" aria-label=${say.send}>${send}</button>
    </div>
    <p class="hint" id="hint">${say.privacy}</p>
    <p class="hint count" id="left" role="status">${LIMIT - left > WARN_AT ? fill(say.left, left) : ""}</p>
  </form>`;
}
