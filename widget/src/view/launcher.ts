import { html, type TemplateResult } from "lit";
import { fill } from "../words.js";
import type { Host } from "./host.js";
import { chat } from "./icons.js";

/** The button on the page; a badge counts answers that came while the panel was closed. */
export function launcher(host: Host): TemplateResult {
  const { say } = host.words;
  const { unread } = host;
  return html`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${host.isOpen ? "true" : "false"}
    ?hidden=${host.isOpen}
    @click=${() => host.open()}
  >
    ${chat}<span class="label">${say.open}</span>
    ${unread ? html`<span class="badge"><span aria-hidden="true">${unread > 9 ? "9+" : unread}</span><span class="sr">${fill(unread === 1 ? say.unreadOne : say.unread, unread)}</span></span>` : ""}
  </button>`;
}
