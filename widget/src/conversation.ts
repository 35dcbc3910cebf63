// The conversation of this tab: what was asked and answered, what is on its way, and what becomes of failures. No views.

import { Client } from "./client.js";
import type { Choice, Session } from "./contract.js";
import { type Asked, claim, type Failure, type Item, Keeper } from "./keep.js";

const RENEW_MS = 10 * 60_000; // a session with less than this left is renewed before it is used
const SLOW_MS = 8_000;

export class Conversation {
  items: readonly Item[];
  draft: string;
  open: boolean;
  unread: number;
  session: Session | null;
  slow = false;
  /** Ids of what came since the page was loaded: only those are announced or move. */
  readonly fresh = new Set<string>();
  readonly #changed: () => void;
  readonly #came: (item: Item) => void;
  readonly #client: Client;
  readonly #keeper: Keeper;
  #starting: Promise<Session | null> | null = null;
  #tab: string;
  readonly #mine: Promise<void>; // settled once it is known that no other tab has this conversation
  #round = 0; // raised by restart: what then still comes is of the conversation before

  constructor(
    server: string,
    changed: () => void,
    came: (item: Item) => void,
  ) {
    this.#changed = changed;
    this.#came = came;
    this.#client = new Client(server);
    this.#keeper = new Keeper(server);
    const kept = this.#keeper.read();
    ({ items: this.items, draft: this.draft, open: this.open, unread: this.unread, session: this.session } = kept);
    this.#tab = kept.tab || randomId();
    this.#mine = this.#ownOrNew();
    void this.#mine.then(() => this.#interrupted().forEach((asked) => void this.#deliver(asked)));
  }

  get waiting(): boolean {
    return this.#unsent("sending").length > 0;
  }

  /** Takes a question or a pressed button. */
  ask(said: string | Choice): void {
    const [text, payload] = typeof said === "string" ? [said.trim(), null] : [said.title, said.payload || null];
    const sent = typeof said === "string" ? undefined : said.said;
    if (!text) return;
    const asked: Asked = { type: "asked", id: crypto.randomUUID?.() ?? randomId(), text, payload, said: sent, state: "sending", failure: null };
    this.#add(asked);
    void this.#deliver(asked);
  }

  retry(id: string): void {
    const asked = this.#unsent("failed").find((one) => one.id === id);
    if (asked) void this.#deliver(this.#put(asked, "sending"));
  }

  /** Takes a failed question back; the words go into the draft. */
  takeBack(id: string): void {
    const asked = this.#unsent("failed").find((one) => one.id === id);
    if (!asked) return;
    this.items = this.items.filter((item) => item.id !== id);
    this.keep({ draft: asked.text });
  }

  /** Sends again what a lost connection held back. */
  online(): void {
    this.#unsent("failed").forEach((asked) => asked.failure?.reason === "connection" && this.retry(asked.id));
  }

  restart(): void {
    this.#round += 1;
    this.items = [];
    this.session = null;
    this.#starting = null;
    this.fresh.clear();
    this.keep({ draft: "", unread: 0 });
    void this.ready();
  }

  /** Gets a session early, so that the emergency number is known before anything fails. */
  async ready(): Promise<Session | null> {
    await this.#mine;
    const left = (this.session?.expires ?? 0) - Date.now();
    if (this.session && left > RENEW_MS) return this.session;
    this.#starting ??= this.#start(left > 0 ? this.session : null);
    return this.#starting;
  }

  keep(changes: { draft?: string; open?: boolean; unread?: number } = {}): void {
    Object.assign(this, changes);
    const { session, items, draft, open, unread } = this;
    this.#keeper.write({ tab: this.#tab, session, items, draft, open, unread });
    this.#changed();
  }

  async #start(old: Session | null): Promise<Session | null> {
    const round = this.#round;
    const session = await this.#client.start(old);
    if (round !== this.#round) return session;
    this.#starting = null;
    if (session) {
      if (!session.renewed) this.#divide();
      this.session = session;
    }
    this.keep();
    return session;
  }

  async #deliver(asked: Asked): Promise<void> {
    const round = this.#round;
    const slow = setTimeout(() => {
      this.slow = true;
      this.#changed();
    }, SLOW_MS);
    const session = await this.ready();
    const { id, payload } = asked;
    const text = asked.said ?? asked.text;
    const message = payload === null ? { id, text } : { id, payload };
    let outcome = session ? await this.#client.ask(message, session) : ({ type: "no-connection" } as const);
    if (outcome.type === "session-over" && round === this.#round) {
      // The session has ended, or the server was started anew: the same question opens a new conversation.
      if (this.session === session) this.session = null;
      const renewed = await this.ready();
      // A button of the conversation before is not one of the new one, so its words are asked.
      if (renewed) outcome = await this.#client.ask({ id, text }, renewed);
    }
    clearTimeout(slow);
    if (round !== this.#round) return;
    this.slow = false;
    if (outcome.type === "answered") {
      this.#put(asked, "sent");
      outcome.messages.forEach((one) => this.#add({ type: "answered", id: randomId(), message: one }));
    } else if (outcome.type === "refused") {
      const wait = outcome.waitSeconds;
      const said = outcome.messages.map((one) => one.text).join("\n") || null;
      this.#put(asked, "failed", { reason: "server", text: said, waitUntil: wait === null ? null : Date.now() + wait * 1000 });
    } else {
      this.#put(asked, "failed", { reason: "connection", text: null, waitUntil: null });
    }
  }

  /** Marks where the server's memory ends: after the last answer, before what is still unanswered. */
  #divide(): void {
    const end = this.items.map((item) => item.type).lastIndexOf("answered") + 1;
    if (end) this.items = [...this.items.slice(0, end), { type: "renewed", id: randomId() }, ...this.items.slice(end)];
  }

  async #ownOrNew(): Promise<void> {
    if (await claim(this.#tab)) return;
    this.#tab = randomId();
    this.items = this.items.filter((item) => this.fresh.has(item.id)); // what was asked meanwhile
    this.session = null;
    this.keep({ unread: 0 });
    await claim(this.#tab);
  }

  /** What a reload cut off. */
  #interrupted(): Asked[] {
    return this.#unsent("sending").filter((asked) => !this.fresh.has(asked.id));
  }

  #unsent(state: Asked["state"]): Asked[] {
    return this.items.filter((item): item is Asked => item.type === "asked" && item.state === state);
  }

  #put(asked: Asked, state: Asked["state"], failure: Failure | null = null): Asked {
    const changed: Asked = { ...asked, state, failure };
    this.items = this.items.map((item) => (item.id === asked.id ? changed : item));
    this.keep();
    if (failure) this.#came(changed);
    return changed;
  }

  #add(item: Item): void {
    this.items = [...this.items, item];
    this.fresh.add(item.id);
    this.keep();
    this.#came(item);
  }
}

/** A random id, also on pages without TLS, where `randomUUID` is missing. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
