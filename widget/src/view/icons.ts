import { html, type TemplateResult } from "lit";

const icon = (shape: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${shape} /></svg>`;

export const chat = icon("M4 5h16v11H11l-5 4v-4H4zM8 9h8M8 12h5");
export const close = icon("M6 6l12 12M18 6L6 18");
export const more = icon("M12 5.5v.01M12 12v.01M12 18.5v.01");
export const send = icon("M12 19V5M6 11l6-6 6 6");
export const phone = icon("M5 4h4l2 5-2.5 1.5a12 12 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1z");
export const alert = icon("M12 4L2.5 20h19zM12 10v4M12 17v.01");
export const info = icon("M3 12a9 9 0 1 1 18 0a9 9 0 1 1-18 0M12 11v5M12 8v.01");
export const out = icon("M14 5h5v5M19 5l-8 8M17 14v5H5V7h5");
export const copy = icon("M9 9h10v11H9zM6 15H5V4h10v2");
export const print = icon("M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z");
export const again = icon("M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5");
export const down = icon("M12 5v14M6 13l6 6 6-6");
