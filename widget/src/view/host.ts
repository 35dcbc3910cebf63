// What the views may see and do. The element implements it; the views hold no state.

import type { Choice, Session } from "../contract.js";
import type { Asked, Item } from "../keep.js";
import type { Words } from "../words.js";

export interface Host {
  readonly words: Words;
  readonly heading: string | null;
  readonly items: readonly Item[];
  readonly session: Session | null;
  readonly fresh: ReadonlySet<string>;
  readonly draft: string;
  readonly isOpen: boolean;
  readonly modal: boolean;
  readonly unread: number;
  readonly waiting: boolean;
  readonly slow: boolean;
  readonly offline: boolean;
  readonly menu: boolean;
  readonly asking: boolean;
  readonly behind: boolean;
  readonly said: string;
  readonly copied: string | null;
  readonly starters: readonly string[];
  readonly clinicPhone: string | null;
  /** The address of the server. */
  readonly base: string;
  /** The card that is open: message id and source number. */
  readonly card: string | null;
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
