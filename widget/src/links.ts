// Addresses that may become live links: web pages and telephone numbers, nothing else.

const WEB = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]]/g;
// "116 123", "1-800-222-1222", "911"; not a year in a date nor a figure in a sentence, which is why only set replies are searched
const PHONE = /\+?\d[\d ().-]*\d/g;

/** `url` as it may stand in `href`, or null: only http and https. */
export function webAddress(url: string | null): string | null {
  try {
    const parsed = new URL(url ?? "");
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** `tel:` and the digits of `phone`, or null where it holds none. */
export function phoneAddress(phone: string | null): string | null {
  const digits = (phone ?? "").replace(/[^\d+]/g, "").replace(/(?!^)\+/g, "");
  return /\d{2}/.test(digits) ? `tel:${digits}` : null;
}

/** The telephone numbers in `text`, each once, in order. */
export function phonesIn(text: string): string[] {
  const found = Array.from(text.matchAll(PHONE), ([number]) => number.trim());
  return [...new Set(found.filter((number) => number.replace(/\D/g, "").length >= 3 || /^\d\d$/.test(number)))];
}

export interface Piece {
  readonly text: string;
  readonly href: string | null;
}

/** `text` cut at the web addresses in it; put together again the pieces are `text`. */
export function pieces(text: string): Piece[] {
  const cut: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(WEB)) {
    if (index > end) cut.push({ text: text.slice(end, index), href: null });
    cut.push({ text: found, href: webAddress(found) });
    end = index + found.length;
  }
  if (end < text.length) cut.push({ text: text.slice(end), href: null });
  return cut;
}
