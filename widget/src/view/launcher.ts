import { html, type TemplateResult } from "lit";
import { fill } from "../words.js";
import type { Host } from "./host.js";
import { chat } from "./icons.js";

/** How many answers came while the panel was closed, in words; nothing for none. */
export function unreadWords(host: Host): string {
  const { say } = host.words;
  const count = host.talk.unread;
  return count ? fill(count === 1 ? say.unreadOne : say.unread, count) : "";
}

/** The button on the page; a badge counts answers that came while the panel was closed. */
export function launcher(host: Host): TemplateResult {
  const count = host.talk.unread;
  return html`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${host.isOpen ? "true" : "false"}
    ?hidden=${host.isOpen}
    @click=${() => host.open()}
  >
    ${chat}<span class="label">${host.words.say.open}</span>
    ${count ? html`<span class="badge"><span aria-hidden="true">${count > 9 ? "9+" : count}</span><span class="sr">${unreadWords(host)}</span></span>` : ""}
  </button>`;
}
