// What outlives a reload in the same tab: sessionStorage, which the browser clears when the tab is closed.

import type { Message, Session } from "./contract.js";

/** Why a message was not answered; `waitUntil` in milliseconds since 1970. */
export interface Failure {
  readonly reason: "connection" | "server";
  readonly text: string | null;
  readonly waitUntil: number | null;
}

export interface Asked {
  readonly type: "asked";
  readonly id: string;
  readonly text: string;
  readonly payload: string | null;
  /** Words that are sent in place of `text`. */
  readonly said?: string | undefined;
  readonly state: "sending" | "sent" | "failed";
  readonly failure: Failure | null;
}

export interface Answered {
  readonly type: "answered";
  readonly id: string;
  readonly message: Message;
}

export interface Renewed {
  readonly type: "renewed";
  readonly id: string;
}

export type Item = Asked | Answered | Renewed;

export interface Kept {
  /** The tab's own name, "" in a new tab. */
  readonly tab: string;
  readonly session: Session | null;
  readonly items: readonly Item[];
  readonly draft: string;
  readonly open: boolean;
  readonly unread: number;
}

export const NOTHING: Kept = { tab: "", session: null, items: [], draft: "", open: false, unread: 0 };
const FORM = 1; // raised when the form of what is kept changes; older is then left

export class Keeper {
  readonly #name: string;

  constructor(server: string) {
    this.#name = `exosome-guide:${server}`;
  }

  /** What this tab holds; nothing where there is nothing, or storage is not allowed. */
  read(): Kept {
    try {
      const found = JSON.parse(sessionStorage.getItem(this.#name) ?? "null") as { form?: number; kept?: Kept } | null;
      return found?.form === FORM && found.kept ? { ...NOTHING, ...found.kept } : NOTHING;
    } catch {
      return NOTHING;
    }
  }

  write(kept: Kept): void {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify({ form: FORM, kept }));
    } catch {
      // full or forbidden: the conversation goes on without outliving a reload
    }
  }
}

const PATIENCE_MS = 3_000; // a page that is left lets go of its lock, on a busy machine not at once

/**
 * Whether this tab alone uses `name`. A duplicated tab starts with a copy of the other's sessionStorage, and two tabs must
 * not write in one conversation. The lock is held until the page is left.
 */
export async function claim(name: string): Promise<boolean> {
  if (!navigator.locks) return true; // pages without TLS
  return new Promise((settle) => {
    const held = (): Promise<void> => {
      settle(true);
      return new Promise((release) => addEventListener("pagehide", () => release(), { once: true }));
    };
    navigator.locks.request(`exosome-guide:${name}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, held).catch(() => settle(false));
    // A page that comes back as it was left, with the browser's back button
    addEventListener("pageshow", ({ persisted }) => void (persisted && claim(name)), { once: true });
  });
}
