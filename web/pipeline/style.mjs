// Compiles web/style/app.css with Tailwind and daisyUI to web/style/dist/app.css, which index.html links.
// Trunk runs it before each build; release builds are minified.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const release = process.env.TRUNK_PROFILE !== "debug";
mkdirSync(path.join(root, "web/style/dist"), { recursive: true });
const outcome = spawnSync(
  path.join(root, "node_modules/.bin/tailwindcss"),
  ["-i", "web/style/app.css", "-o", "web/style/dist/app.css", ...(release ? ["--minify"] : [])],
  { cwd: root, stdio: ["ignore", "inherit", "pipe"], encoding: "utf8" },
);
if (outcome.error || outcome.status !== 0) {
  console.error(outcome.error ? `tailwindcss did not start (${outcome.error.message}); run scripts/setup` : outcome.stderr);
  process.exit(1);
}
