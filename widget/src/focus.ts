// Where the keyboard's focus goes: into the panel, back to where it came from, and what Esc closes first.

import type { ExosomeGuide } from "./exosome-guide.js";

export class Focus {
  #from: HTMLElement | null = null;

  readonly #host: ExosomeGuide;

  constructor(host: ExosomeGuide) {
    this.#host = host;
  }

  /** Called before the panel opens. */
  remember(): void {
    const active = document.activeElement;
    this.#from = active instanceof HTMLElement && active !== this.#host && active !== document.body ? active : null;
  }

  /** Back to the launcher, or to what on the page opened the panel. */
  onClose(): void {
    if (this.#from?.isConnected) this.#from.focus();
    else this.to(".launcher");
    this.#from = null;
  }

  /** To the input; on a touch screen to the panel, or the keyboard would cover the answer. */
  toInput(): void {
    this.to(matchMedia("(pointer: coarse)").matches ? ".panel" : "#input");
  }

  to(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  readonly keydown = (event: KeyboardEvent): void => {
    // Outside, what is typed here seems to come from the element and from no input: the page's shortcuts would take it as theirs.
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    this.#back();
  };

  /** Esc and the back gesture of a phone, where the dialog is modal. */
  readonly cancel = (event: Event): void => {
    event.preventDefault();
    this.#back();
  };

  /** The menu covers what is beneath it, so it closes when a click or the focus goes elsewhere. */
  readonly elsewhere = (event: Event): void => {
    const host = this.#host;
    if (host.menu && !(event.target as Element).closest("#menu, #options")) host.toggleMenu();
  };

  /** Closes what was opened last: menu, question, source, panel. */
  #back(): void {
    const host = this.#host;
    const active = (host.renderRoot as ShadowRoot).activeElement;
    if (host.menu) {
      host.toggleMenu();
      this.to("#options");
    } else if (host.asking) {
      host.askRestart(false);
    } else if (host.card && active?.closest(".fact")) {
      const key = host.card;
      host.toggleCard(key);
      this.to(`[id="${key}"]`);
    } else {
      host.close();
    }
  }
}
