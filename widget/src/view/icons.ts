import { svg, type TemplateResult } from "lit";

const icon = (shape: TemplateResult): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;

export const chat = icon(svg`<path d="M4 5h16v11H11l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>`);
export const close = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const more = icon(svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="3.5"/>`);
export const send = icon(svg`<path d="M12 19V5M6 11l6-6 6 6"/>`);
export const phone = icon(svg`<path d="M5 4h4l2 5-2.5 1.5a12 12 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1z"/>`);
export const alert = icon(svg`<path d="M12 4L2.5 20h19zM12 10v4M12 17v.01"/>`);
export const info = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>`);
export const out = icon(svg`<path d="M14 5h5v5M19 5l-8 8M17 14v5H5V7h5"/>`);
export const copy = icon(svg`<rect x="9" y="9" width="10" height="11" rx="1.5"/><path d="M6 15H5V4h10v2"/>`);
export const print = icon(svg`<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>`);
export const again = icon(svg`<path d="M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5"/>`);
export const down = icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`);
