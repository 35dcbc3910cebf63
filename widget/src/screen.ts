// What the widget takes from the screen it is on: width, theme, connection, and where the log is scrolled to.

import type { ReactiveController } from "lit";
import type { ExosomeGuide } from "./exosome-guide.js";

const NARROW = "(max-width: 34em), (max-height: 30em)"; // a phone, or a page at 200% zoom: the panel then fills the screen
const NEAR_END = 60; // pixels

export class Screen implements ReactiveController {
  private readonly narrowQuery = matchMedia(NARROW);
  private readonly darkQuery = matchMedia("(prefers-color-scheme: dark)");
  private watched: Element | null = null;

  constructor(private readonly host: ExosomeGuide) {
    host.addController(this);
  }

  get narrow(): boolean {
    return this.narrowQuery.matches;
  }

  get offline(): boolean {
    return !navigator.onLine;
  }

  dark(theme: string | null): boolean {
    return theme === "dark" || (theme !== "light" && this.darkQuery.matches);
  }

  hostConnected(): void {
    this.narrowQuery.addEventListener("change", this.reshape);
    this.darkQuery.addEventListener("change", this.redraw);
    addEventListener("online", this.connection);
    addEventListener("offline", this.connection);
    visualViewport?.addEventListener("resize", this.fit);
  }

  hostDisconnected(): void {
    this.narrowQuery.removeEventListener("change", this.reshape);
    this.darkQuery.removeEventListener("change", this.redraw);
    removeEventListener("online", this.connection);
    removeEventListener("offline", this.connection);
    visualViewport?.removeEventListener("resize", this.fit);
  }

  /** Opens and closes the dialog; one that fills the screen is modal, so that the page behind it takes no focus. */
  show(open: boolean): void {
    const { dialog } = this;
    if (!dialog || dialog.open === open) return;
    if (!open) return dialog.close();
    const before = document.activeElement;
    if (this.narrow) dialog.showModal();
    else dialog.show();
    // Both move the focus into the panel. Where a reload opened it beside the page, that is not for them to decide.
    if (!this.narrow && before !== this.host) this.giveBack(before);
    this.fit();
    this.watch();
    if (this.host.items.length) this.toEnd(false);
  }

  /** To the question whose answer came, so that the answer is read from its beginning. */
  toAnswer(id: string): void {
    const { log } = this;
    const row = log?.querySelector<HTMLElement>(`[data-id="${id}"]`);
    if (!log || !row) return;
    const before = row.previousElementSibling;
    const urgent = row.dataset["kind"] === "emergency"; // what to do now comes first on the screen
    const start = !urgent && before instanceof HTMLElement && before.classList.contains("asked") ? before : row;
    const top = log.scrollTop + start.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
    log.scrollTo({ top, behavior: this.motion });
  }

  toEnd(smooth = true): void {
    this.log?.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? this.motion : "auto" });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector("dialog");
  }

  private get log(): Element | null {
    return this.host.renderRoot.querySelector(".scroll");
  }

  private get motion(): ScrollBehavior {
    return document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  private giveBack(before: Element | null): void {
    const inside = this.host.renderRoot as ShadowRoot;
    if (inside.activeElement instanceof HTMLElement) inside.activeElement.blur();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }

  private watch(): void {
    const { log } = this;
    if (!log || this.watched === log) return;
    this.watched = log;
    log.addEventListener("scroll", () => {
      this.host.behind = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END;
    }, { passive: true });
  }

  private readonly redraw = (): void => this.host.requestUpdate();

  private readonly reshape = (): void => {
    const { dialog } = this;
    if (dialog?.open) dialog.close();
    this.host.requestUpdate();
  };

  private readonly connection = (): void => {
    this.host.requestUpdate();
    if (!this.offline) this.host.online();
  };

  /** Above a phone's keyboard: the part of the screen that is left. */
  private readonly fit = (): void => {
    const { dialog } = this;
    if (!dialog || !visualViewport) return;
    dialog.style.setProperty("--height", `${visualViewport.height}px`);
    dialog.style.setProperty("--top", `${visualViewport.offsetTop}px`);
  };
}
