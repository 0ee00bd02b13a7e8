// Turns Trunk's staged output into a site that works under a strict Content-Security-Policy and is small on the wire.
// Trunk runs it after each build, before the staged files become dist/.
//   1. Release builds: the application is cut into modules (modules.mjs) that take the place of Trunk's single one.
//   2. Trunk's inline module script becomes a loader file of our own, named by its hash: no inline script, no nonce.
//   3. Release builds: every text and wasm file gets .br and .gz siblings at the highest level. index.html does not, because
//      a deployment may write the API's address into it.
//   4. What a first visit to each area fetches is printed; a build in which one is over the limit fails.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { cut, hashOf, integrity } from "./modules.mjs";

// What a browser with an empty cache downloads at most to show a first page, whichever it is.
const LIMIT_BYTES = 400_000;
const staging = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE !== "debug";
const indexPath = path.join(staging, "index.html");

function loaderSource(wasm, glue) {
  return `import init from ${JSON.stringify(glue)};
init({ module_or_path: ${JSON.stringify(wasm)} }).then(
  () => document.getElementById("boot")?.remove(),
  (reason) => { document.documentElement.dataset.boot = "failed"; console.error(reason); },
);
`;
}

// What Trunk's start script says: the addresses of its module and of the script around it. Development builds of
// `trunk serve` carry a second inline script for reloading; it stays, since that server sends no policy.
function startScript(html) {
  for (const [whole, , script] of html.matchAll(/<script([^>]*type="module"[^>]*)>([\s\S]*?)<\/script>/g)) {
    const glue = script.match(/from\s+['"]([^'"]+\.js)['"]/)?.[1];
    if (!glue) continue;
    const wasm = script.match(/module_or_path:\s*['"]([^'"]+)['"]/)?.[1];
    if (!wasm) throw new Error("Trunk's start script has changed shape: no module_or_path in it");
    return { whole, glue, wasm, base: glue.slice(0, glue.lastIndexOf("/") + 1) };
  }
  throw new Error("Trunk wrote no start script into index.html");
}

// Where cargo left the application before Trunk bound it to JavaScript: only there is the linker's record still whole.
function builtByCargo() {
  const outcome = spawnSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (outcome.status !== 0) throw new Error(`cargo metadata failed: ${outcome.stderr}`);
  return path.join(JSON.parse(outcome.stdout).target_directory, "wasm32-unknown-unknown/wasm-release/appshelf-web.wasm");
}

// Puts the cut modules in place of Trunk's one, in the folder and in the page's preloads.
async function replaceModule(html, start) {
  const modules = await cut(builtByCargo());
  for (const address of [start.glue, start.wasm]) {
    rmSync(path.join(staging, address.slice(start.base.length)));
    html = html.replace(new RegExp(`<link[^>]*href="${address}"[^>]*>`), "");
  }
  const { entry, glue, link, shared, areas } = modules;
  for (const file of [entry, glue, link, ...shared, ...areas]) writeFileSync(path.join(staging, file.name), file.bytes);
  const preload = (kind, file) =>
    `<link rel="${kind}" href="${start.base}${file.name}" crossorigin="anonymous" integrity="${integrity(file.bytes)}">`;
  const preloads = [
    preload("modulepreload", glue),
    preload("modulepreload", link),
    preload("preload", entry).replace(">", ' as="fetch" type="application/wasm">'),
  ];
  html = html.replace("</head>", `${preloads.join("\n")}</head>`);
  return { html, modules, glue: start.base + glue.name, wasm: start.base + entry.name };
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

const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} KB`;

// Prints every file and every first visit; answers the visits that are over the limit.
function weigh(html, modules) {
  const sizes = new Map([["index.html", Buffer.byteLength(html)]]);
  console.log(`front end: files (brotli)\n  ${kb(sizes.get("index.html"))}  index.html (not compressed)`);
  for (const name of readdirSync(staging).sort()) {
    if (!/\.(js|css|wasm|svg|json|txt)$/.test(name)) continue;
    const { plain, sent } = compress(path.join(staging, name));
    sizes.set(name, sent);
    console.log(`  ${kb(sent)}  ${name} (${(plain / 1000).toFixed(1)} KB)`);
  }
  const sum = (names) => names.reduce((total, name) => total + sizes.get(name), 0);
  const later = new Set([...modules.shared, ...modules.areas].map(({ name }) => name));
  const always = sum([...sizes.keys()].filter((name) => !later.has(name)));
  const visits = [
    { area: "sign-in", size: always },
    ...modules.areas.map(({ area, name, needed }) => ({
      area,
      size: always + sum([name, ...needed.map((place) => modules.shared[place].name)]),
    })),
  ];
  console.log(`front end: what a first visit fetches in all; limit ${LIMIT_BYTES / 1000} KB`);
  for (const { area, size } of visits) console.log(`  ${kb(size)}  ${area}`);
  return visits.filter(({ size }) => size > LIMIT_BYTES);
}

let html = readFileSync(indexPath, "utf8");
const start = startScript(html);
let { glue, wasm } = start;
let modules;
if (release) ({ html, modules, glue, wasm } = await replaceModule(html, start));

const loader = loaderSource(wasm, glue);
const loaderName = `loader-${hashOf(loader)}.js`;
writeFileSync(path.join(staging, loaderName), loader);
html = html.replace(
  start.whole,
  `<script type="module" src="${start.base}${loaderName}" integrity="${integrity(loader)}" crossorigin="anonymous"></script>`,
);
if (release && /<script(?![^>]*\bsrc=)[^>]*>/.test(html)) throw new Error("index.html still has an inline script");
writeFileSync(indexPath, html);

if (release) {
  const over = weigh(html, modules);
  for (const { area, size } of over) console.error(`front end: a first visit to ${area} is ${size - LIMIT_BYTES} bytes over the limit`);
  if (over.length) process.exit(1);
}
