// The element: joins page, conversation and views. Holds only what is on the screen; the conversation holds the rest.

import { html, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { accentStyles } from "./colour.js";
import type { Choice } from "./contract.js";
import { Focus } from "./focus.js";
import type { Asked, Item } from "./keep.js";
import { Screen } from "./screen.js";
import { asText, print, toClipboard } from "./share.js";
import { GuideState } from "./state.js";
import { widgetStyles } from "./styles/index.js";
import type { Host } from "./view/host.js";
import { launcher, unreadWords } from "./view/launcher.js";
import { rows } from "./view/log.js";
import { panel } from "./view/panel.js";

const SAID_MS = 4_000;

export class ExosomeGuide extends GuideState implements Host {
  static override styles = unsafeCSS(widgetStyles);
  readonly screen = new Screen(this);
  readonly focuses = new Focus(this);
  #accentSheet: CSSStyleSheet | null = null;
  #filling = false;

  get offline(): boolean {
    return this.screen.offline;
  }

  // What the page's own scripts may call, and the views.
  open(): void {
    if (this.isOpen) return;
    this.focuses.remember();
    const { items, unread } = this.talk;
    const missed = unread && items.filter((item) => item.type === "answered").at(-unread);
    this.talk.keep({ open: true, unread: 0 });
    void this.talk.ready();
    void this.updateComplete.then(() => {
      this.focuses.toInput();
      if (missed) this.screen.toAnswer(missed.id);
      else if (items.length) this.screen.toEnd();
    });
    this.#tell("open");
  }

  close(): void {
    if (!this.isOpen) return;
    this.menu = this.asking = false;
    this.talk.keep({ open: false });
    void this.updateComplete.then(() => this.focuses.onClose());
    this.#tell("close");
  }

  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Opens the panel and asks `text`. */
  ask(text: string): void {
    this.open();
    this.choose(text);
  }

  restart(): void {
    this.asking = false;
    this.card = null;
    this.talk.restart();
    this.#announce(this.words.say.restarted);
    void this.updateComplete.then(() => this.focuses.toInput());
  }

  choose(choice: Choice | string): void {
    this.talk.ask(choice);
    this.focuses.toInput();
  }

  fillIn(choice: Choice): void {
    this.#filling = true;
    this.talk.ask(choice);
  }

  write(text: string): void {
    this.talk.keep({ draft: text });
  }

  submit(): void {
    const text = this.talk.draft.trim();
    if (text) {
      this.talk.keep({ draft: "" });
      this.talk.ask(text);
    }
    this.focuses.toInput();
  }

  retry(asked: Asked): void {
    this.talk.retry(asked.id);
    this.focuses.toInput();
  }

  takeBack(asked: Asked): void {
    this.talk.takeBack(asked.id);
    this.focuses.toInput();
  }

  toggleCard(key: string): void {
    this.card = this.card === key ? null : key;
  }

  toggleMenu(): void {
    this.menu = !this.menu;
  }

  copyAnswer(id: string, text: string): void {
    void this.#copy(text, id);
  }

  copyAll(): void {
    this.menu = false;
    this.focuses.to("#options");
    void this.#copy(asText(this.talk.items, this.words), null);
  }

  print(): void {
    this.menu = false;
    this.focuses.to("#options");
    if (!print(this.talk.items, this.words, this.heading ?? this.words.say.title)) this.#announce(this.words.say.popup);
  }

  askRestart(on: boolean): void {
    this.menu = false;
    this.asking = on;
    void this.updateComplete.then(() => this.focuses.to(on ? "#restart-yes" : "#options"));
  }

  toNewest(): void {
    this.screen.toEnd();
    this.focuses.toInput();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isOpen) void this.talk.ready();
  }

  /** The connection is back. */
  online(): void {
    this.talk.online();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("server") && this.hasUpdated) this.leave();
    if (changed.has("accent")) this.#paint();
  }

  protected override updated(): void {
    rows(this, this.renderRoot.querySelector(".log")!);
    this.screen.show(this.isOpen);
  }

  protected override render(): TemplateResult {
    const { language, direction } = this.words;
    const look = ["root", this.screen.dark(this.theme) ? "dark" : "", this.screen.narrow ? "narrow" : ""].join(" ");
    return html`<div class=${look} lang=${language} dir=${direction}>
      ${launcher(this)}
      <div class="sr" role="status">${this.isOpen ? "" : unreadWords(this)}</div>
      <dialog class="panel" part="panel" tabindex="-1" aria-labelledby="title" @keydown=${this.focuses.keydown} @cancel=${this.focuses.cancel} @click=${this.focuses.elsewhere} @focusin=${this.focuses.elsewhere}>
        ${panel(this)}
        <div class=${this.said ? "toast" : "toast empty"} role="status">${this.said}</div>
      </dialog>
    </div>`;
  }

  protected override async came(item: Item): Promise<void> {
    if (item.type === "answered") {
      const { kind } = item.message;
      if (kind === "emergency") this.open();
      else if (!this.isOpen) this.talk.keep({ unread: this.talk.unread + 1 });
      this.#tell("answer", { kind });
    }
    await this.updateComplete;
    if (item.type === "answered") this.screen.toAnswer(item.id);
    else this.screen.toEnd();
    if (item.type !== "answered" || !this.#filling) return;
    this.#filling = false;
    if (item.message.form) this.focuses.to(`[id="${item.id}-title"]`);
    else this.focuses.toInput();
  }

  async #copy(text: string, id: string | null): Promise<void> {
    const done = await toClipboard(text, this.renderRoot.querySelector("dialog") ?? this);
    this.#announce(done ? this.words.say.copied : this.words.say.notCopied);
    if (done) this.copied = id;
  }

  #announce(text: string): void {
    this.said = text;
    setTimeout(() => {
      if (this.said !== text) return;
      this.said = "";
      this.copied = null;
    }, SAID_MS);
  }

  #paint(): void {
    const text = accentStyles(this.accent);
    const root = this.renderRoot as ShadowRoot;
    if (!this.#accentSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, (this.#accentSheet = new CSSStyleSheet())];
    this.#accentSheet.replaceSync(text ?? "");
  }

  /** Tells the page's own scripts what happened, never what was written. */
  #tell(what: string, detail: Readonly<Record<string, string>> = {}): void {
    this.dispatchEvent(new CustomEvent(`exosome-guide-${what}`, { bubbles: true, composed: true, detail }));
  }
}
