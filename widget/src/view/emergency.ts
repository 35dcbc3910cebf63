import { html, type TemplateResult } from "lit";
import type { Message } from "../contract.js";
import { phoneAddress, phonesIn } from "../links.js";
import { languageOf } from "../words.js";
import type { Host } from "./host.js";
import { alert, phone } from "./icons.js";
import { callWords } from "./text.js";

/** An emergency: what to do now and whom to call, and nothing that competes with it. */
export function emergency(host: Host, message: Message, fresh: boolean): TemplateResult {
  const { say } = host.words;
  const [first = "", ...rest] = message.text.split("\n").filter((line) => line.trim());
  const said = phonesIn(first);
  const urgent = said.length ? said : phonesIn(host.talk.session?.emergency ?? "");
  const further = phonesIn(rest.join("\n")).filter((number) => !urgent.includes(number));
  return html`<section class="emergency" role=${fresh ? "alert" : "group"} aria-label=${say.emergency}>
    <h3>${alert}<span>${say.emergency}</span></h3>
    <div lang=${languageOf(message.text) ?? host.words.language} dir="auto">
      <p class="first">${first}</p>
      <div class="calls">${urgent.map((number) => call(host, number, "call"))}</div>
      ${rest.map((line) => html`<p>${line}</p>`)}
      ${further.length ? html`<div class="calls">${further.map((number) => call(host, number, "call second"))}</div>` : ""}
    </div>
  </section>`;
}

function call(host: Host, number: string, look: string): unknown {
  const href = phoneAddress(number);
  return href ? html`<a class=${look} href=${href} lang=${host.words.language}>${phone}${callWords(host, number)}</a>` : "";
}
