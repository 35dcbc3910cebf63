// The clinic's accent colour, made readable: WCAG contrast is kept whatever colour the clinic chooses.

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [16, 32, 38];
const TEXT = 4.5; // contrast of small text (WCAG 1.4.3)
const SURFACES = { light: [220, 236, 238] as Rgb, dark: [33, 58, 66] as Rgb }; // --tint of each theme, the least favourable surface

/** Any CSS colour as red, green, blue; null where the browser does not know it. */
function parse(colour: string): Rgb | null {
  if (!CSS.supports("color", colour)) return null;
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 255 ? [red, green, blue] : null;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => from.map((part, i) => Math.round(part + ((to[i] ?? 0) - part) * share)) as unknown as Rgb;
const css = (colour: Rgb): string => `rgb(${colour.join(" ")})`;

/** `colour` moved towards `to` until small text in it can be read on `surface`. */
function readable(colour: Rgb, surface: Rgb, to: Rgb): Rgb {
  let share = 0;
  while (share < 1 && contrast(mix(colour, to, share), surface) < TEXT) share += 0.05;
  return mix(colour, to, Math.min(share, 1));
}

/** A style sheet's text that sets the accent for both themes, or null for a colour that cannot be used. */
export function accentStyles(accent: string | null | undefined): string | null {
  const colour = accent ? parse(accent) : null;
  if (!colour) return null;
  const onAccent = contrast(colour, WHITE) >= TEXT ? WHITE : contrast(colour, INK) >= TEXT ? INK : null;
  const fill = onAccent ? colour : readable(colour, WHITE, INK); // a middle tone on which neither can be read
  const light = readable(colour, SURFACES.light, INK);
  const dark = readable(colour, SURFACES.dark, WHITE);
  const shared = `--accent:${css(fill)};--on-accent:${css(onAccent ?? WHITE)}`;
  return `.root{${shared};--link:${css(light)}}.root.dark{${shared};--link:${css(dark)}}`;
}
