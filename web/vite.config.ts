import { build } from "esbuild";
import { defineConfig, type Plugin } from "vite";

/** Chunks that only officials load: not kept on every phone. */
const OFFICIALS = /officials/;

/** Builds the service worker as one plain script and tells it the files of the shell. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    async generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((file) => file.startsWith("assets/") && !OFFICIALS.test(file));
      const shell = JSON.stringify(["./", "mark.svg", ...files.sort()]);
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
  plugins: [serviceWorker()],
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
