// What the widget takes from the screen it is on: width, theme, connection, and where the log is scrolled to.

import type { ReactiveController } from "lit";
import type { ExosomeGuide } from "./exosome-guide.js";

const NARROW = "(max-width: 34em), (max-height: 30em)"; // a phone, or a page at 200% zoom: the panel then fills the screen
const NEAR_END = 60; // pixels

export class Screen implements ReactiveController {
  readonly #narrowQuery = matchMedia(NARROW);
  readonly #darkQuery = matchMedia("(prefers-color-scheme: dark)");
  #watched: Element | null = null;
  #gone: AbortController | null = null;

  readonly #host: ExosomeGuide;

  constructor(host: ExosomeGuide) {
    this.#host = host;
    host.addController(this);
  }

  get narrow(): boolean {
    return this.#narrowQuery.matches;
  }

  get offline(): boolean {
    return !navigator.onLine;
  }

  dark(theme: string | null | undefined): boolean {
    return theme === "dark" || (theme !== "light" && this.#darkQuery.matches);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    this.#narrowQuery.addEventListener("change", this.#reshape, { signal });
    this.#darkQuery.addEventListener("change", () => this.#host.requestUpdate(), { signal });
    addEventListener("online", this.#connection, { signal });
    addEventListener("offline", this.#connection, { signal });
    visualViewport?.addEventListener("resize", this.#fit, { signal });
  }

  hostDisconnected(): void {
    this.#gone?.abort();
    this.#dialog?.close(); // one that is moved in the page would no longer be modal
  }

  /** Opens and closes the dialog; one that fills the screen is modal, so that the page behind it takes no focus. */
  show(open: boolean): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.open === open) return;
    if (!open) return dialog.close();
    const before = document.activeElement;
    if (this.narrow) dialog.showModal();
    else dialog.show();
    // Both move the focus into the panel. Where a reload opened it beside the page, that is not for them to decide.
    if (!this.narrow && before !== this.#host) this.#giveBack(before);
    this.#fit();
    this.#watch();
    if (this.#host.talk.items.length) this.toEnd(false);
  }

  /** To the question whose answer came, so that the answer is read from its beginning. */
  toAnswer(id: string): void {
    const log = this.#log;
    const row = log?.querySelector<HTMLElement>(`[data-id="${id}"]`);
    if (!log || !row) return;
    const before = row.previousElementSibling;
    const urgent = row.dataset["kind"] === "emergency"; // what to do now comes first on the screen
    const start = !urgent && before instanceof HTMLElement && before.classList.contains("asked") ? before : row;
    const top = log.scrollTop + start.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
    log.scrollTo({ top, behavior: this.#motion });
  }

  toEnd(smooth = true): void {
    this.#log?.scrollTo({ top: this.#log.scrollHeight, behavior: smooth ? this.#motion : "auto" });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector("dialog");
  }

  get #log(): Element | null {
    return this.#host.renderRoot.querySelector(".scroll");
  }

  get #motion(): ScrollBehavior {
    return document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  #giveBack(before: Element | null): void {
    const inside = this.#host.renderRoot as ShadowRoot;
    if (inside.activeElement instanceof HTMLElement) inside.activeElement.blur();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  #watch(): void {
    const log = this.#log;
    if (!log || this.#watched === log) return;
    this.#watched = log;
    log.addEventListener("scroll", () => {
      this.#host.behind = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END;
    }, { passive: true });
  }

  /** Another kind of dialog opens at the same place of the log, with the focus where it was. */
  readonly #reshape = (): void => {
    const inside = this.#host.renderRoot as ShadowRoot;
    const { activeElement } = inside;
    const log = this.#log;
    const share = log ? log.scrollTop / log.scrollHeight : 0;
    this.#dialog?.close();
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      log?.scrollTo(0, share * log.scrollHeight);
      if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    });
  };

  readonly #connection = (): void => {
    this.#host.requestUpdate();
    if (!this.offline) this.#host.online();
  };

  /** Above a phone's keyboard: the part of the screen that is left. */
  readonly #fit = (): void => {
    const dialog = this.#dialog;
    if (!dialog || !visualViewport) return;
    dialog.style.setProperty("--height", `${visualViewport.height}px`);
    dialog.style.setProperty("--top", `${visualViewport.offsetTop}px`);
  };
}
