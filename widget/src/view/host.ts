// What the views may see and do. The element implements it; the views hold no state.

import type { Choice } from "../contract.js";
import type { Conversation } from "../conversation.js";
import type { Asked } from "../keep.js";
import type { Words } from "../words.js";

export interface Host {
  readonly words: Words;
  readonly talk: Conversation;
  readonly heading: string | null | undefined;
  readonly isOpen: boolean;
  readonly offline: boolean;
  readonly menu: boolean | undefined;
  readonly asking: boolean | undefined;
  readonly behind: boolean | undefined;
  readonly copied: string | null | undefined;
  readonly starters: readonly string[];
  readonly clinicPhone: string | null;
  /** The address of the server. */
  readonly base: string;
  /** The card that is open: message id and source number. */
  readonly card: string | null | undefined;
  open(): void;
  close(): void;
  choose(choice: Choice | string): void;
  /** An answer given in a step's own controls: the focus then goes to the next step. */
  fillIn(choice: Choice): void;
  write(text: string): void;
  submit(): void;
  retry(asked: Asked): void;
  takeBack(asked: Asked): void;
  toggleCard(key: string): void;
  toggleMenu(): void;
  copyAnswer(id: string, text: string): void;
  copyAll(): void;
  print(): void;
  askRestart(on: boolean): void;
  restart(): void;
  toNewest(): void;
}
