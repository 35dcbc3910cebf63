// The element's attributes and what is on the screen; what was said is the conversation's.

import { LitElement } from "lit";
import { serverOf, startersOf } from "./attributes.js";
import { Conversation } from "./conversation.js";
import type { Item } from "./keep.js";
import { type Strings, type Words, wordsFor } from "./words.js";

export abstract class GuideState extends LitElement {
  /** Where the script came from. */
  static script: string | null = null;
  static override properties = {
    server: {},
    language: {},
    accent: {},
    position: {},
    heading: { attribute: "title" },
    theme: {},
    phone: {},
    startersText: { attribute: "starters" },
    strings: { attribute: false },
    menu: { state: true },
    asking: { state: true },
    card: { state: true },
    said: { state: true },
    copied: { state: true },
    behind: { state: true },
  };

  declare server: string | null;
  declare language: string | null;
  declare accent: string | null;
  declare position: string | null;
  declare heading: string | null;
  declare theme: string | null;
  declare phone: string | null;
  declare startersText: string | null;
  /** Words of the page's own, for a language that the widget does not bring or another name for something. */
  declare strings: Partial<Strings> | null;
  declare menu: boolean;
  declare asking: boolean;
  declare card: string | null;
  declare said: string;
  declare copied: string | null;
  declare behind: boolean;
  private talk: Conversation | null = null;

  constructor() {
    super();
    this.server = this.language = this.accent = this.position = this.heading = this.theme = this.phone = this.startersText = null;
    this.strings = null;
    this.menu = this.asking = this.behind = false;
    this.card = this.copied = null;
    this.said = "";
  }

  /** A `title` on the element would show as a tooltip over everything in it, so it is taken off once it is read. */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === "title" && value === null) return;
    super.attributeChangedCallback(name, old, value);
    if (name === "title") this.removeAttribute("title");
  }

  // What the views read.
  get words(): Words {
    return wordsFor(this.strings, this.language, document.documentElement.lang, navigator.language);
  }
  get items(): readonly Item[] {
    return this.conversation.items;
  }
  get session(): Conversation["session"] {
    return this.conversation.session;
  }
  get fresh(): ReadonlySet<string> {
    return this.conversation.fresh;
  }
  get draft(): string {
    return this.conversation.draft;
  }
  get isOpen(): boolean {
    return this.conversation.open;
  }
  get unread(): number {
    return this.conversation.unread;
  }
  get waiting(): boolean {
    return this.conversation.waiting;
  }
  get slow(): boolean {
    return this.conversation.slow;
  }
  get starters(): readonly string[] {
    return startersOf(this.startersText);
  }
  get base(): string {
    return serverOf(this.server, GuideState.script);
  }
  get clinicPhone(): string | null {
    return this.phone ?? this.session?.clinic.phone ?? null;
  }

  protected get conversation(): Conversation {
    this.talk ??= new Conversation(
      serverOf(this.server, GuideState.script),
      () => this.requestUpdate(),
      (item) => void this.came(item),
    );
    return this.talk;
  }

  /** Another server: another conversation. */
  protected leave(): void {
    this.talk = null;
  }

  protected abstract came(item: Item): Promise<void>;
}
