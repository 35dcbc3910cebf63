// Talks to the server: every outcome, also a lost connection, is a value. Nothing here throws.

import { type Message, readMessages, readSession, type Session } from "./contract.js";

const TRY_MS = 25_000; // longer than the server itself waits
const TRIES_AFTER_MS = [700, 2_500]; // a message keeps its id, so the server does not take it twice

export type Outcome =
  | { readonly type: "answered"; readonly messages: readonly Message[] }
  | { readonly type: "session-over" }
  | { readonly type: "refused"; readonly messages: readonly Message[]; readonly waitSeconds: number | null }
  | { readonly type: "no-connection" };

export interface Ask {
  readonly id: string;
  readonly text?: string;
  readonly payload?: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly waitSeconds: number | null;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class Client {
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  /** A longer life for an old session, else a new one; null where neither can be had. */
  async start(old: Session | null): Promise<Session | null> {
    const answer = await this.#post("start", old ? { token: old.token } : {}, null);
    return answer?.status === 200 ? readSession(answer.body) : null;
  }

  /** Sends one message; tries again by itself where the connection or the server fails for a moment. */
  async ask(message: Ask, session: Session): Promise<Outcome> {
    let outcome = await this.#once(message, session);
    for (const wait of TRIES_AFTER_MS) {
      if (outcome.type !== "no-connection" || !navigator.onLine) break;
      await pause(wait);
      outcome = await this.#once(message, session);
    }
    return outcome;
  }

  async #once(message: Ask, session: Session): Promise<Outcome> {
    const answer = await this.#post("message", message, session.token);
    if (!answer) return { type: "no-connection" };
    const messages = readMessages(answer.body);
    if (answer.status === 200 && messages.length) return { type: "answered", messages };
    if (answer.status === 401) return { type: "session-over" };
    return { type: "refused", messages, waitSeconds: answer.waitSeconds };
  }

  async #post(route: string, body: object, token: string | null): Promise<Answer | null> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    try {
      const reply = await fetch(`${this.#server}/webhooks/widget/${route}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(TRY_MS),
      });
      const said: unknown = await reply.json().catch(() => null);
      const wait = Number(reply.headers.get("Retry-After"));
      return { status: reply.status, body: said, waitSeconds: wait > 0 ? wait : null };
    } catch {
      return null;
    }
  }
}
