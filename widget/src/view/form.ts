import { html, type TemplateResult } from "lit";
import type { Message } from "../contract.js";
import { answerOf, type Control, type Form } from "../form.js";
import { webAddress } from "../links.js";
import type { Host } from "./host.js";
import { sourceList } from "./source.js";
import { outside } from "./text.js";

const RATINGS = ["0", "1", "2", "3", "4", "5"];
const ASKED = new Set(["radio", "rating", "text"]);

/** A step of the decision guide: real controls while it is the newest message, later only what it said. */
export function step(host: Host, id: string, message: Message, form: Form, newest: boolean): TemplateResult {
  const asks = form.controls.some((one) => ASKED.has(one.kind));
  const named = new Set(form.controls.flatMap((one) => (newest && one.kind === "text" ? one.label : []))); // a field's label says it
  const submit = (event: Event): void => {
    event.preventDefault();
    const given = answerOf(form, new FormData(event.target as HTMLFormElement));
    const skip = form.actions.find((one) => one.label === "Skip");
    if (given) host.fillIn({ payload: "", ...given });
    else if (skip) host.fillIn({ title: skip.label, payload: skip.payload });
  };
  return html`<form class="step" lang="en" dir="ltr" aria-labelledby=${`${id}-title`} @submit=${submit}>
    <p class="progress" id=${`${id}-progress`}>${form.progress}</p>
    <progress max=${form.of} value=${form.step} aria-labelledby=${`${id}-progress`}></progress>
    <h3 id=${`${id}-title`} tabindex="-1">${form.title}</h3>
    ${form.say.filter((line) => !named.has(line)).map((line) => html`<p>${line}</p>`)}
    ${form.controls.map((one) => (newest || !ASKED.has(one.kind) ? control(host, `${id}-${form.screen}`, one, !asks) : ""))}
    ${newest
      ? html`<div class="acts">
          ${asks ? html`<button type="submit" class="act">Next</button>` : ""}
          ${form.actions.map(
            (one) => html`<button type="button" class=${one.label === "Next" ? "act" : "act plain"} @click=${() => host.fillIn({ title: one.label, payload: one.payload })}>${one.label}</button>`,
          )}
        </div>`
      : ""}
    ${form.screen === "summary" ? "" : sourceList(host, message.sources) /* the page lists its own */}
  </form>`;
}

function control(host: Host, place: string, one: Control, open: boolean): TemplateResult {
  switch (one.kind) {
    case "radio":
      return html`<fieldset>
        <legend class="sr">${one.label}</legend>
        ${one.help ? html`<p class="hint">${one.help}</p>` : ""}
        ${one.options.map(
          (option) => html`<label class="choice"><input type="radio" name=${one.id} value=${option.value} ?checked=${option.value === one.value} /><span>${option.label}</span></label>`,
        )}
      </fieldset>`;
    case "rating":
      return html`<fieldset class="rating">
        <legend>${one.label}<span class="sr"> (0: ${one.low}, 5: ${one.high})</span></legend>
        <div class="scale">
          ${RATINGS.map(
            (n) => html`<label><input type="radio" name=${one.id} value=${n} ?checked=${n === one.value} /><span>${n}</span></label>`,
          )}
          <span aria-hidden="true">${one.low}</span><span aria-hidden="true">${one.high}</span>
        </div>
      </fieldset>`;
    case "text":
      return html`<p class="own">
        <label for=${`${place}-${one.id}`}>${one.label}</label>
        ${one.help ? html`<span class="hint">${one.help}</span>` : ""}
        <textarea id=${`${place}-${one.id}`} name=${`${one.id}-text`} rows="2" maxlength=${one.max} .value=${one.value}></textarea>
      </p>`;
    case "info":
      return html`<details ?open=${open}>
        <summary>${one.label}</summary>
        <ul>
          ${one.lines.map((line) => html`<li>${line}</li>`)}
        </ul>
      </details>`;
    case "table":
      return table(one);
    case "icons":
      return html`<div class="numbers">
        <p>${one.label}</p>
        ${one.groups.map(
          (group) => html`<div class="icons" role="img" aria-label=${group.words}>${Array.from({ length: group.of }, (_, n) => html`<i class=${n < group.count ? "on" : ""}></i>`)}</div>
            <p class="hint">${group.words}</p>`,
        )}
        ${one.help ? html`<p class="hint">${one.help}</p>` : ""}
      </div>`;
    case "link": {
      const href = webAddress(`${host.base}${one.href}`);
      return html`<p>${href ? outside(host, href, one.label) : ""}</p>`;
    }
  }
}

function table(one: Extract<Control, { kind: "table" }>): TemplateResult {
  return html`<div class="wide" tabindex="0" role="region" aria-label=${one.label}>
    <table>
      <thead>
        <tr><td class="corner"></td>${one.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody>
        ${one.rows.map(
          (row) => html`<tr>
            <th scope="row">${row.label}</th>
            ${row.cells.map((cell) => html`<td>${cell.text} <span class="cited">${cell.citations.map((n) => `[${n}]`).join("")}</span></td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
