// Builds dist/exosome-guide.js: one file, Lit and styles included. CSS files are minified and imported as text.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const OUT = "dist/exosome-guide.js";

const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2021" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

// Indentation inside templates would travel with the file; no line of a view depends on it.
const templates = {
  name: "templates",
  setup(build) {
    build.onLoad({ filter: /src\/(view\/.*|exosome-guide)\.ts$/ }, async ({ path }) => {
      return { contents: (await readFile(path, "utf8")).replace(/^\s+/gm, ""), loader: "ts" };
    });
  },
};

await esbuild.build({
  entryPoints: ["src/index.ts"],
  outfile: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/*! exosome-guide widget. Holds Lit, (c) Google LLC, BSD-3-Clause. */" },
  plugins: [styles, templates],
});

console.log(`${OUT}: ${(gzipSync(await readFile(OUT), { level: 9 }).length / 1024).toFixed(1)} KB gzip`);
