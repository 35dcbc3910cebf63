// What the build makes modules of.

declare module "*.css" {
  const text: string;
  export default text;
}

/** The languages that the widget brings: "names", and by its tag what each of them calls these. */
declare module "languages" {
  const languages: Readonly<Record<string, readonly string[]>>;
  export default languages;
}
