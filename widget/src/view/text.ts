import { html, type TemplateResult } from "lit";
import { type Piece, phoneAddress, phonesIn, pieces } from "../links.js";
import { fill } from "../words.js";
import type { Host } from "./host.js";
import { out } from "./icons.js";

/** A link that leaves the page; only made of addresses that `webAddress` let through. */
export function outside(host: Host, href: string, label: string): TemplateResult {
  return html`<a class="link" href=${href} target="_blank" rel="noopener noreferrer">${label}<span class="sr"> (${host.words.say.newTab})</span>${out}</a>`;
}

/** Text in which web addresses are links; `phones` are numbers that may be called where they stand. */
export function linked(host: Host, text: string, phones: readonly string[] = []): unknown {
  return pieces(text).map((piece: Piece) => (piece.href ? outside(host, piece.href, piece.text) : callable(piece.text, phones)));
}

function callable(text: string, phones: readonly string[]): unknown {
  const known = phones.filter((phone) => phone.replace(/\D/g, "").length > 2);
  if (!known.length) return text;
  const escaped = known.map((phone) => phone.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text.split(new RegExp(`(?<!\\d)(${escaped.join("|")})(?!\\d)`)).map((part, index) => {
    const href = index % 2 ? phoneAddress(part) : null;
    return href ? html`<a class="link" href=${href} dir="ltr">${part}</a>` : part;
  });
}

/** "Call 911"; the number reads from left to right whatever the language around it does. */
export function callWords(host: Host, number: string): TemplateResult {
  const [before, after] = host.words.say.call.split("{n}");
  return html`<span>${before}<bdi dir="ltr">${number}</bdi>${after}</span>`;
}

/** What may be called in a reply's plain text: the emergency number and the clinic's. */
export function knownPhones(host: Host): string[] {
  return [...phonesIn(host.talk.session?.emergency ?? ""), ...(host.clinicPhone ? [host.clinicPhone] : [])];
}

/** "If it is urgent, call 911": said wherever the assistant itself fails. */
export function urgent(host: Host): TemplateResult {
  const { say } = host.words;
  const number = host.talk.session?.emergency;
  return html`<p class="urgent">${number ? callable(fill(say.urgentNumber, number), phonesIn(number)) : say.urgent}</p>`;
}
