// The element: joins page, conversation and views. Holds only what is on the screen; the conversation holds the rest.

import { html, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { accentStyles } from "./colour.js";
import type { Choice } from "./contract.js";
import { Focus } from "./focus.js";
import type { Asked, Item } from "./keep.js";
import { Screen } from "./screen.js";
import { asText, print, toClipboard } from "./share.js";
import { GuideState } from "./state.js";
import answerCss from "./styles/answer.css";
import formCss from "./styles/form.css";
import baseCss from "./styles/base.css";
import panelCss from "./styles/panel.css";
import type { Host } from "./view/host.js";
import { launcher } from "./view/launcher.js";
import { panel } from "./view/panel.js";
import { fill } from "./words.js";

const SAID_MS = 4_000;
const SIDES: Readonly<Record<string, string>> = { left: "left", right: "right" };

export class ExosomeGuide extends GuideState implements Host {
  static override styles = [baseCss, panelCss, answerCss, formCss].map((text) => unsafeCSS(text));
  readonly screen = new Screen(this);
  readonly focuses = new Focus(this);
  private accentSheet: CSSStyleSheet | null = null;
  private filling = false;

  get modal(): boolean {
    return this.screen.narrow;
  }
  get offline(): boolean {
    return this.screen.offline;
  }

  // What the page's own scripts may call, and the views.
  open(): void {
    if (this.isOpen) return;
    this.focuses.remember();
    this.conversation.keep({ open: true, unread: 0 });
    void this.conversation.ready();
    void this.updateComplete.then(() => {
      this.focuses.onOpen();
      if (this.items.length) this.screen.toEnd();
    });
    this.tell("open");
  }

  close(): void {
    if (!this.isOpen) return;
    this.menu = this.asking = false;
    this.conversation.keep({ open: false });
    void this.updateComplete.then(() => this.focuses.onClose());
    this.tell("close");
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
    this.conversation.restart();
    this.announce(this.words.say.restarted);
    void this.updateComplete.then(() => this.focuses.toInput());
  }

  choose(choice: Choice | string): void {
    this.conversation.ask(choice);
    this.focuses.toInput();
  }

  fillIn(choice: Choice): void {
    this.filling = true;
    this.conversation.ask(choice);
  }

  write(text: string): void {
    this.conversation.keep({ draft: text });
  }

  submit(): void {
    const text = this.draft.trim();
    if (text) {
      this.conversation.keep({ draft: "" });
      this.conversation.ask(text);
    }
    this.focuses.toInput();
  }

  retry(asked: Asked): void {
    this.conversation.retry(asked.id);
    this.focuses.toInput();
  }

  takeBack(asked: Asked): void {
    this.conversation.takeBack(asked.id);
    this.focuses.toInput();
  }

  toggleCard(key: string): void {
    this.card = this.card === key ? null : key;
  }

  toggleMenu(): void {
    this.menu = !this.menu;
  }

  copyAnswer(id: string, text: string): void {
    void this.copy(text, id);
  }

  copyAll(): void {
    this.menu = false;
    this.focuses.to("#options");
    void this.copy(asText(this.items, this.words), null);
  }

  print(): void {
    this.menu = false;
    this.focuses.to("#options");
    if (!print(this.items, this.words, this.heading ?? this.words.say.title)) this.announce(this.words.say.popup);
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
    if (this.isOpen) void this.conversation.ready();
  }

  /** The connection is back. */
  online(): void {
    this.conversation.online();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("server") && this.hasUpdated) this.leave();
    if (changed.has("accent")) this.paint();
  }

  protected override updated(): void {
    this.screen.show(this.isOpen);
  }

  protected override render(): TemplateResult {
    const { language, direction } = this.words;
    const look = ["root", this.screen.dark(this.theme) ? "dark" : "", this.modal ? "narrow" : "", SIDES[this.position ?? ""] ?? ""].join(" ");
    return html`<div class=${look} lang=${language} dir=${direction}>
      ${launcher(this)}
      <div class="sr" role="status">${this.isOpen ? "" : this.unreadSaid}</div>
      <dialog class="panel" part="panel" tabindex="-1" aria-labelledby="title" @keydown=${this.focuses.keydown} @cancel=${this.focuses.cancel}>
        ${panel(this)}
        <div class=${this.said ? "toast" : "toast empty"} role="status">${this.said}</div>
      </dialog>
    </div>`;
  }

  private get unreadSaid(): string {
    const { say } = this.words;
    return this.unread ? (this.unread === 1 ? say.unreadOne : fill(say.unread, this.unread)) : "";
  }

  protected override async came(item: Item): Promise<void> {
    if (item.type === "answered") {
      const { kind } = item.message;
      if (kind === "emergency") this.open();
      else if (!this.isOpen) this.conversation.keep({ unread: this.unread + 1 });
      this.tell("answer", { kind });
    }
    await this.updateComplete;
    if (item.type === "answered") this.screen.toAnswer(item.id);
    else this.screen.toEnd();
    if (item.type !== "answered" || !this.filling) return;
    this.filling = false;
    if (item.message.form) this.focuses.to(`[id="${item.id}-title"]`);
    else this.focuses.toInput();
  }

  private async copy(text: string, id: string | null): Promise<void> {
    const done = await toClipboard(text, this.renderRoot.querySelector("dialog") ?? this);
    this.announce(done ? this.words.say.copied : this.words.say.notCopied);
    if (done) this.copied = id;
  }

  private announce(text: string): void {
    this.said = text;
    setTimeout(() => {
      if (this.said !== text) return;
      this.said = "";
      this.copied = null;
    }, SAID_MS);
  }

  private paint(): void {
    const text = accentStyles(this.accent);
    const root = this.renderRoot as ShadowRoot;
    if (!this.accentSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, (this.accentSheet = new CSSStyleSheet())];
    this.accentSheet.replaceSync(text ?? "");
  }

  /** Tells the page's own scripts what happened, never what was written. */
  private tell(what: string, detail: Readonly<Record<string, string>> = {}): void {
    this.dispatchEvent(new CustomEvent(`exosome-guide-${what}`, { bubbles: true, composed: true, detail }));
  }
}
