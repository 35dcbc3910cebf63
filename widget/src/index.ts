// The one file that a clinic's page loads: defines <exosome-guide> and, for a bare script tag, puts one into the page.

import "./styles/index.js"; // first: gzip looks 32 KB back, and the views that name the same classes come last
import { place, TAG } from "./attributes.js";
import { ExosomeGuide } from "./exosome-guide.js";
import { GuideState } from "./state.js";

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (script?.src) GuideState.script = script.src;
if (!customElements.get(TAG)) customElements.define(TAG, ExosomeGuide);
if (script) place(script, ExosomeGuide.observedAttributes);
