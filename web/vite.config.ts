import { build } from "esbuild";
import { EMPTY_PAGE } from "./src/offline.js";
import { defineConfig, type Plugin, type Rollup } from "vite";

/** Chunks with these modules are the officials': not kept on every phone. */
const OFFICIALS = /\/src\/officials\//;

/** The officials' files of a bundle, scripts and their styles. */
function official_files(bundle: Rollup.OutputBundle): Set<string> {
  const files = new Set<string>();
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== "chunk" || !chunk.moduleIds.some((id) => OFFICIALS.test(id))) continue;
    files.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
  }
  return files;
}

/** The styles of the entry: they stand in the page itself, so that nothing is waited for. */
function entry_styles(bundle: Rollup.OutputBundle): Set<string> {
  const entry = Object.values(bundle).find((chunk) => chunk.type === "chunk" && chunk.isEntry);
  return entry?.type === "chunk" ? entry.viteMetadata?.importedCss ?? new Set() : new Set();
}

/** Puts them there; a view that shares them may still ask for the file. The server allows them by their hash. */
function styleInPage(): Plugin {
  return {
    name: "style-in-page",
    apply: "build",
    transformIndexHtml: { order: "post", handler(html, { bundle = {} }) {
      for (const file of entry_styles(bundle)) {
        const style = bundle[file];
        if (style?.type !== "asset") continue;
        html = html.replace(new RegExp(`<link[^>]*${file}[^>]*>`), () => `<style>${String(style.source).trim()}</style>`);
      }
      return html;
    } },
  };
}

/** Builds the service worker as one plain script and tells it the files of the shell. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    async generateBundle(_options, bundle) {
      const officials = official_files(bundle);
      const files = Object.keys(bundle).filter((file) => file.startsWith("assets/") && !officials.has(file));
      const shell = JSON.stringify([EMPTY_PAGE, "mark.svg", ...files.sort()]);
      const built = await build({
        entryPoints: ["src/sw.ts"], bundle: true, write: false, minify: true, format: "iife",
        target: "es2022", define: { SHELL_FILES: shell },
      });
      this.emitFile({ type: "asset", fileName: "sw.js", source: built.outputFiles[0]?.text ?? "" });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [styleInPage(), serviceWorker()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // a data: address is against the content policy
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { proxy: Object.fromEntries(["/api", "/events", "/feed", "/healthz"].map((path) =>
    [path, process.env["HS_SERVER"] ?? "http://127.0.0.1:8261"])) },
});
