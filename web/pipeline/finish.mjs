// Turns Trunk's staged output into a site that works under a strict Content-Security-Policy and is small on the wire.
// Trunk runs it after each build, before the staged files become dist/.
//   1. Trunk's inline module script becomes a loader file of our own, named by its hash: no inline script, no nonce.
//   2. Release builds: every text and wasm file gets .br and .gz siblings at the highest level. index.html does not, because
//      a deployment may write the API's address into it.
//   3. The sum of what a first visit fetches is printed against the budget; above it the build fails.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const BUDGET_BYTES = 480_000;
// What a first visit should fetch at most. Until it does, every build says how far it is.
const GOAL_BYTES = 400_000;
const staging = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE !== "debug";
const indexPath = path.join(staging, "index.html");

function loaderSource(script, glue) {
  const wasm = script.match(/module_or_path:\s*['"]([^'"]+)['"]/)?.[1];
  if (!wasm) throw new Error("Trunk's start script has changed shape: no module_or_path in it");
  return `import init from ${JSON.stringify(glue)};
init({ module_or_path: ${JSON.stringify(wasm)} }).then(
  () => document.getElementById("boot")?.remove(),
  (reason) => { document.documentElement.dataset.boot = "failed"; console.error(reason); },
);
`;
}

// Development builds of `trunk serve` carry a second inline script for reloading; it stays, since that server sends no policy.
function moveStartScript(html) {
  for (const [whole, attributes, script] of html.matchAll(/<script([^>]*type="module"[^>]*)>([\s\S]*?)<\/script>/g)) {
    const glue = script.match(/from\s+['"]([^'"]+\.js)['"]/)?.[1];
    if (!glue) continue;
    const loader = loaderSource(script, glue);
    const hash = createHash("sha256").update(loader).digest("hex").slice(0, 16);
    const name = `loader-${hash}.js`;
    writeFileSync(path.join(staging, name), loader);
    const base = glue.slice(0, glue.lastIndexOf("/") + 1);
    const integrity = "sha384-" + createHash("sha384").update(loader).digest("base64");
    return html.replace(whole, `<script type="module" src="${base}${name}" integrity="${integrity}" crossorigin="anonymous"></script>`);
  }
  throw new Error("Trunk wrote no start script into index.html");
}

function compress(file) {
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  return { plain: bytes.length, sent: brotli.length };
}

const html = moveStartScript(readFileSync(indexPath, "utf8"));
if (release && /<script(?![^>]*\bsrc=)[^>]*>/.test(html)) throw new Error("index.html still has an inline script");
writeFileSync(indexPath, html);

if (release) {
  const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} KB`;
  let first = Buffer.byteLength(html);
  console.log(`front end: what a first visit fetches (brotli)\n  ${kb(first)}  index.html (not compressed)`);
  for (const name of readdirSync(staging).sort()) {
    if (!/\.(js|css|wasm|svg|json|txt)$/.test(name)) continue;
    const { plain, sent } = compress(path.join(staging, name));
    if (html.includes(name) || name.endsWith("_bg.wasm")) {
      first += sent;
      console.log(`  ${kb(sent)}  ${name} (${(plain / 1000).toFixed(1)} KB)`);
    }
  }
  console.log(`  ${kb(first)}  in all; goal ${GOAL_BYTES / 1000} KB, budget ${BUDGET_BYTES / 1000} KB`);
  if (first > GOAL_BYTES) console.log(`  the goal is missed by ${kb(first - GOAL_BYTES)}`);
  if (first > BUDGET_BYTES) {
    console.error(`front end: the first visit is ${first - BUDGET_BYTES} bytes over its budget`);
    process.exit(1);
  }
}
