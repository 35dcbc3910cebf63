import { html, type TemplateResult } from "lit";
import type { Source } from "../contract.js";
import { webAddress } from "../links.js";
import { capital, dateWords, fill } from "../words.js";
import type { Host } from "./host.js";
import { outside } from "./text.js";

/** The numbers after a statement; each opens and closes its source. */
export function citations(host: Host, numbers: readonly number[], sources: readonly Source[], place: string): TemplateResult {
  return html`<span class="citations">
    ${sources
      .filter((source) => numbers.includes(source.n))
      .map((source) => {
        const key = `${place}-${source.n}`;
        const label = `${fill(host.words.say.source, source.n)}: ${source.publisher}`;
        return html`<button
          type="button"
          class="citation"
          id=${key}
          aria-label=${label}
          aria-expanded=${host.card === key ? "true" : "false"}
          aria-controls=${`${key}-card`}
          @click=${() => host.toggleCard(key)}
        >
          <span>${source.n}</span>
        </button>`;
      })}
  </span>`;
}

/** The place where an opened source stands, beneath its statement; there also while it is closed. */
export function card(host: Host, numbers: readonly number[], sources: readonly Source[], place: string): unknown {
  return sources
    .filter((source) => numbers.includes(source.n))
    .map((source) => {
      const key = `${place}-${source.n}`;
      const shown = host.card === key;
      return html`<div class="card" id=${`${key}-card`} ?hidden=${!shown}>${shown ? details(host, source) : ""}</div>`;
    });
}

/** Everything that is known of a source. */
export function details(host: Host, source: Source): TemplateResult {
  const { say, language } = host.words;
  const href = webAddress(source.url);
  return html`
    <p class="source-title" lang="en" dir="auto"><span class="number" aria-hidden="true">${source.n}</span>${source.title}</p>
    <p class="publisher" lang="en" dir="auto">${source.publisher}</p>
    <dl>
      <div><dt>${say.published}</dt><dd><bdi>${source.published ? dateWords(source.published, language) : say.noDate}</bdi></dd></div>
      <div><dt>${say.sourceKind}</dt><dd lang="en"><bdi>${capital(source.kind)}</bdi></dd></div>
      <div><dt>${say.interest}</dt><dd lang=${source.interest ? "en" : language}><bdi>${source.interest ?? say.noInterest}</bdi></dd></div>
    </dl>
    ${href ? outside(host, href, say.openSource) : ""}
  `;
}

/** The list of all sources of an answer, folded. */
export function sourceList(host: Host, sources: readonly Source[]): unknown {
  if (!sources.length) return "";
  const { say } = host.words;
  return html`<details class="sources">
    <summary>${sources.length === 1 ? say.oneSource : fill(say.sources, sources.length)}</summary>
    ${sources.map((source) => html`<div class="listed">${details(host, source)}</div>`)}
  </details>`;
}
