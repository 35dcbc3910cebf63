// The reply as data: the answer contract's types, and readers that take nothing on trust from the network.

import { type Form, readForm } from "./form.js";
import { fields, list, number, text, textOrNull } from "./read.js";

export interface Fact {
  readonly statement: string;
  readonly evidence: string;
  readonly asOf: string;
  readonly citations: readonly number[];
}

export interface Source {
  readonly n: number;
  readonly title: string;
  readonly publisher: string;
  readonly published: string | null;
  readonly url: string | null;
  readonly kind: string;
  readonly interest: string | null;
}

export interface Choice {
  readonly title: string;
  readonly payload: string;
  /** Words that are sent in place of the title, where there is no payload. */
  readonly said?: string;
}

/** One message of a turn. `kind` is "" where the message carries no structured part. */
export interface Message {
  readonly text: string;
  readonly kind: string;
  readonly facts: readonly Fact[];
  readonly sources: readonly Source[];
  readonly caveats: readonly string[];
  readonly notice: string | null;
  readonly buttons: readonly Choice[];
  /** A step of the decision guide as controls. */
  readonly form?: Form | null;
}

export interface Clinic {
  readonly phone: string | null;
}

/** What the server says at the start; `expires` is in milliseconds since 1970, `renewed`: an earlier conversation goes on. */
export interface Session {
  readonly token: string;
  readonly expires: number;
  readonly renewed: boolean;
  readonly emergency: string | null;
  readonly clinic: Clinic;
}

function readFact(value: unknown): Fact {
  const of = fields(value);
  const citations = list(of["citations"], number);
  return { statement: text(of["statement"]), evidence: text(of["evidence"]), asOf: text(of["as_of"]), citations };
}

function readSource(value: unknown): Source {
  const of = fields(value);
  return {
    n: number(of["n"]),
    title: text(of["title"]),
    publisher: text(of["publisher"]),
    published: textOrNull(of["published"]),
    url: textOrNull(of["url"]),
    kind: text(of["kind"]),
    interest: textOrNull(of["interest"]),
  };
}

function readChoice(value: unknown): Choice {
  const of = fields(value);
  return { title: text(of["title"]), payload: text(of["payload"]) };
}

function readMessage(value: unknown): Message {
  const of = fields(value);
  const custom = fields(of["custom"]);
  return {
    text: text(of["text"]),
    kind: text(custom["kind"]),
    facts: list(custom["facts"], readFact).filter((fact) => fact.statement),
    sources: list(custom["sources"], readSource),
    caveats: list(custom["caveats"], text).filter(Boolean),
    notice: textOrNull(custom["notice"]),
    buttons: list(of["buttons"], readChoice).filter((choice) => choice.title && choice.payload),
    form: readForm(custom["form"]),
  };
}

/** The messages of a reply, also of one that is an error; those that say nothing are left out. */
export function readMessages(body: unknown): Message[] {
  return list(fields(body)["messages"], readMessage).filter((message) => message.text || message.facts.length);
}

/** The session in a reply to start, or null where there is none. */
export function readSession(body: unknown): Session | null {
  const of = fields(body);
  const clinic = fields(of["clinic"]);
  const token = text(of["token"]);
  if (!token) return null;
  return {
    token,
    expires: Date.parse(text(of["expires"])) || 0,
    renewed: of["renewed"] === true,
    emergency: textOrNull(of["emergency"]),
    clinic: { phone: textOrNull(clinic["phone"]) },
  };
}
