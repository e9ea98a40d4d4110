// Builds what the browser gets: `npm run build` writes src/potok/ui/static/ui. The result is committed, so that
// running the product needs no Node, and it is the same bytes on every machine.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subsetFont from "subset-font";
import { icons } from "./assets/names.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/potok/ui/static/ui");
const fonts = join(here, "node_modules/@fontsource-variable/golos-text/files");
const lucide = join(here, "node_modules/lucide-static/icons");

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "fonts"), { recursive: true });
await Promise.all([bundles(), letters(), sprite(), brand(), licences()]);

async function bundles() {
  const common = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };
  await build({
    ...common,
    entryPoints: [join(here, "style/potok.css")],
    outdir: out,
    external: ["*.woff2"],
  });
  await build({ ...common, entryPoints: [join(here, "theme.ts")], outdir: out, format: "iife" });
  await build({ ...common, entryPoints: [join(here, "push_worker.ts")], outdir: out, format: "iife" });
  await build({
    ...common,
    entryPoints: [join(here, "potok.ts")],
    outdir: out,
    format: "esm",
    splitting: true,
    chunkNames: "potok-[name]-[hash]",
  });
}

async function letters() {
  for (const script of ["cyrillic", "latin"]) {
    const file = await readFile(join(fonts, `golos-text-${script}-wght-normal.woff2`));
    await writeFile(join(out, `fonts/golos-${script}.woff2`), file);
  }
  // The rouble sign lives in latin-ext, 19 KB that nothing else on a Russian page needs.
  const extended = await readFile(join(fonts, "golos-text-latin-ext-wght-normal.woff2"));
  await writeFile(
    join(out, "fonts/golos-signs.woff2"),
    await subsetFont(extended, "₽", { targetFormat: "woff2" }),
  );
}

async function sprite() {
  const drawn = await Promise.all([...new Set(icons)].sort().map(symbol));
  const own = await readFile(join(here, "assets/glyphs.svg"), "utf8");
  const glyphs = own.match(/<symbol[\s\S]*?<\/symbol>/g);
  const text = `<svg xmlns="http://www.w3.org/2000/svg">\n${[...glyphs, ...drawn].join("\n")}\n</svg>\n`;
  await writeFile(join(out, "icons.svg"), text);
}

async function symbol(name) {
  const text = await readFile(join(lucide, `${name}.svg`), "utf8");
  const shapes = text.slice(text.indexOf(">", text.indexOf("<svg")) + 1, text.lastIndexOf("</svg>"));
  const paths = shapes.trim().replace(/\s*\n\s*/g, "");
  const pen = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="i-${name}" viewBox="0 0 24 24" ${pen}>${paths}</symbol>`;
}

async function brand() {
  await writeFile(join(out, "favicon.svg"), await readFile(join(here, "assets/favicon.svg")));
}

// What ships inside the bundles keeps its authors' terms beside it.
async function licences() {
  const shipped = [
    "@dagrejs/dagre",
    "@dagrejs/graphlib",
    "@fontsource-variable/golos-text",
    "echarts",
    "htmx.org",
    "lucide-static",
    "sortablejs",
    "zrender",
  ];
  const terms = shipped.map(async (name) => {
    const text = await readFile(join(here, "node_modules", name, "LICENSE"), "utf8");
    return `${name}\n${"-".repeat(name.length)}\n${text.trim()}\n`;
  });
  await writeFile(join(out, "licences.txt"), (await Promise.all(terms)).join("\n\n"));
}
