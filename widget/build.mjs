// Builds dist/exosome-guide.js: one file, Lit and styles included. CSS files are minified and imported as text.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { minify } from "terser";

const OUT = "dist/exosome-guide.js";
// Properties that get short names: Lit's own for itself, and long ones of ours that no page's script is told of.
const INSIDE = /^(_\$[A-Z].*|focuses|clinicPhone|toggleCard|toggleMenu|askRestart|takeBack|copyAnswer|toNewest|toAnswer|toInput|startersText)$/;

const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2021" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

// The languages that the widget brings, as lists: their names for things travel once.
const languages = {
  name: "languages",
  setup(build) {
    build.onResolve({ filter: /^languages$/ }, () => ({ path: "languages", namespace: "languages" }));
    build.onLoad({ filter: /./, namespace: "languages" }, async () => {
      const [en, es] = await Promise.all(["en", "es"].map(async (tag) => JSON.parse(await readFile(`languages/${tag}.json`, "utf8"))));
      const names = Object.keys(en);
      return { contents: JSON.stringify({ names, en: Object.values(en), es: names.map((name) => es[name]) }), loader: "json" };
    });
  },
};

// Indentation inside templates would travel with the file; no line of a view depends on it.
const templates = {
  name: "templates",
  setup(build) {
    build.onLoad({ filter: /src\/(view\/.*|exosome-guide)\.ts$/ }, async ({ path }) => {
      return { contents: (await readFile(path, "utf8")).replace(/^\s+/gm, "").replace(/([>}])\n(?=[<$])/g, "$1"), loader: "ts" };
    });
  },
};

const { outputFiles } = await esbuild.build({
  entryPoints: ["src/index.ts"],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  mangleProps: INSIDE,
  legalComments: "none",
  banner: { js: "/*! exosome-guide widget. Holds Lit, (c) Google LLC, BSD-3-Clause. */" },
  plugins: [styles, languages, templates],
});
// Once more: Terser gives the variables of every function the same few names, which gzip likes.
const { code } = await minify(outputFiles[0].text, { ecma: 2022, toplevel: true, compress: { passes: 3 }, format: { comments: "some" } });
await mkdir(dirname(OUT), { recursive: true });
await writeFile(OUT, code);

console.log(`${OUT}: ${gzipSync(code, { level: 9 }).length} bytes gzip`);
