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

  declare server: string | null | undefined;
  declare language: string | null | undefined;
  declare accent: string | null | undefined;
  declare position: string | null | undefined;
  declare heading: string | null | undefined;
  declare theme: string | null | undefined;
  declare phone: string | null | undefined;
  declare startersText: string | null | undefined;
  /** Words of the page's own, for a language that the widget does not bring or another name for something. */
  declare strings: Partial<Strings> | null | undefined;
  declare menu: boolean | undefined;
  declare asking: boolean | undefined;
  declare card: string | null | undefined;
  declare said: string | undefined;
  declare copied: string | null | undefined;
  declare behind: boolean | undefined;
  #talk: Conversation | null = null;

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
  get isOpen(): boolean {
    return this.talk.open;
  }
  get starters(): readonly string[] {
    return startersOf(this.startersText);
  }
  get base(): string {
    return serverOf(this.server, GuideState.script);
  }
  get clinicPhone(): string | null {
    return this.phone ?? this.talk.session?.clinic.phone ?? null;
  }

  get talk(): Conversation {
    this.#talk ??= new Conversation(
      this.base,
      () => this.requestUpdate(),
      (item) => void this.came(item),
    );
    return this.#talk;
  }

  /** Another server: another conversation. */
  protected leave(): void {
    this.#talk = null;
  }

  protected abstract came(item: Item): Promise<void>;
}
