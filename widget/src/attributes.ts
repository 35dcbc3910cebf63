// What the page may choose, and the element that one script tag makes.

export const TAG = "exosome-guide";

const STARTERS: readonly string[] = [
  "What are exosomes?",
  "Are exosome treatments approved?",
  "What are the risks?",
  "Do they work for hair?",
];

/** Questions to start with: the page's own, divided by "|", at most six; "none" for no questions. */
export function startersOf(given: string | null | undefined): readonly string[] {
  if (given == null) return STARTERS;
  if (given.trim() === "none") return [];
  return given.split("|").map((text) => text.trim()).filter(Boolean).slice(0, 6);
}

/** The server's address without a slash at its end: the one that is given, else where the script came from. */
export function serverOf(given: string | null | undefined, script: string | null): string {
  const base = script ?? location.href;
  try {
    const url = new URL(given ?? "/", base);
    return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  } catch {
    return new URL(base).origin;
  }
}

/** Puts the element into the page, with the script's data-* attributes of these `names`, unless the page has one of its own. */
export function place(script: HTMLScriptElement, names: readonly string[]): void {
  const put = (): void => {
    if (document.querySelector(TAG)) return;
    const element = document.createElement(TAG);
    for (const name of names) {
      const value = script.getAttribute(`data-${name}`);
      if (value !== null) element.setAttribute(name, value);
    }
    document.body.append(element);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", put, { once: true });
  else put();
}
