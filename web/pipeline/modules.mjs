// Cuts the WebAssembly that cargo built into modules that browsers load when they need them: the entry, which every visit
// carries; one module an area (web/src/pages/area.rs); one that all areas share, and one for each family of areas that share
// more among themselves. wasm-split-cli knows from the linker's record which function and which text is reached from where, so
// nothing has to be assigned by hand and nothing can be missing: a family only decides what travels together.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map(
  (name) => `--enable-${name}`,
);
const SMALLEST = ["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];
const NAME = "appshelf-web";
const LINK = "__wasm_split.js";
// What only areas of one family reach lies in the family's module, the first of those that fit; everything else that several
// areas reach in `shared`.
const FAMILIES = {
  listing: ["shelves_area", "wizard_area"],
  editing: ["app_pages_area", "form_edit_area"],
  records: ["app_area", "record_form_area", "record_import_area"],
  trade: [
    "applications_area", "operator_area", "orders_area", "product_reviews_area", "projects_area",
    "self_tests_area",
  ],
  application: [
    "app_area", "app_pages_area", "app_settings_area", "form_edit_area", "record_form_area", "record_import_area",
  ],
  deliveries: ["customer_area", "orders_area", "self_tests_area"],
  beginning: ["purchase_area", "self_tests_area"],
  offices: [
    "applications_area", "audit_area", "customer_area", "maintenance_area", "notifications_area", "operator_area", "orders_area",
    "product_reviews_area", "projects_area", "purchase_area", "self_tests_area",
  ],
  // Everything but the reviews of products, which show much and share little of the rest.
  daily: [
    "app_area", "app_pages_area", "app_settings_area", "applications_area", "customer_area", "form_edit_area", "maintenance_area",
    "operator_area", "orders_area", "projects_area", "purchase_area", "record_form_area", "record_import_area", "self_tests_area",
  ],
};

function run(tool, args) {
  const outcome = spawnSync(tool, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (outcome.error) throw new Error(`${tool} did not start (${outcome.error.message}); run scripts/setup`);
  if (outcome.status !== 0) throw new Error(`${tool} failed: ${outcome.stderr.slice(-2000)}`);
  return outcome.stdout;
}

function optimize(from, to) {
  return new Promise((done, failed) => {
    const tool = spawn("wasm-opt", [...SMALLEST, ...FEATURES, from, "-o", to], { stdio: ["ignore", "ignore", "ignore"] });
    tool.on("error", failed);
    tool.on("exit", (status) => (status === 0 ? done() : failed(new Error(`wasm-opt failed on ${from}`))));
  });
}

// The chunks that wasm-split-cli made, by the shared module that they belong to: it notes before each which areas reach it.
function families(written, areas) {
  const strange = Object.values(FAMILIES).flat().filter((area) => !areas.includes(area));
  if (strange.length) throw new Error(`families name areas that are none: ${strange.join(", ")}`);
  const groups = { shared: [], ...Object.fromEntries(Object.keys(FAMILIES).map((name) => [name, []])) };
  for (const [, users, number] of written.matchAll(/\/\* ([\w, ]+) \*\/\s*const __chunk_(\d+) =/g)) {
    const reached = users.split(", ");
    const family = Object.keys(FAMILIES).find((name) => reached.every((area) => FAMILIES[name].includes(area)));
    groups[family ?? "shared"].push(`chunk_${number}.wasm`);
  }
  return groups;
}

// The modules that wasm-split-cli makes for every combination of areas become one a family: fewer requests, and smaller
// together. They all import the entry's memory, table and stack pointer; a module in between lets them import these once.
function mergeShared(folder, name, chunks) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(path.join(folder, chunks[0]))));
  const text = run("wasm-dis", [...FEATURES, path.join(folder, chunks[0])]);
  const provided = imports.map(({ name, kind }) => {
    const type = text.match(new RegExp(`\\(import "__wasm_split" "${name}" \\(${kind} \\S+ (.*)\\)\\)`))?.[1];
    if (!type) throw new Error(`the import ${name} of ${chunks[0]} has an unknown shape`);
    return { name, kind, type };
  });
  const between = path.join(folder, `${name}-between.wat`);
  writeFileSync(
    between,
    `(module
      ${provided.map(({ name, kind, type }) => `(import "entry" "${name}" (${kind} ${type}))`).join("\n")}
      ${provided.map(({ name, kind }) => `(export "${name}" (${kind} 0))`).join("\n")})`,
  );
  const merged = path.join(folder, `${name}.wasm`);
  run("wasm-merge", [
    ...FEATURES,
    between,
    "__wasm_split",
    ...chunks.flatMap((chunk, index) => [path.join(folder, chunk), `chunk${index}`]),
    "-o",
    merged,
  ]);
  return merged;
}

export const integrity = (bytes) => "sha384-" + createHash("sha384").update(bytes).digest("base64");
export const hashOf = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
};

// What the entry calls to load an area. A load that failed is not remembered: the next call tries again.
function linkSource(glue, names, shared, areas) {
  const load = (file) => `${JSON.stringify(`./${file.name}`)}, ${JSON.stringify(integrity(file.bytes))}`;
  return `import { initSync } from "./${glue}";
async function get(name, integrity) {
  const response = await fetch(new URL(name, import.meta.url), { integrity });
  if (!response.ok) throw new Error(name + ": " + response.status);
  return response;
}
async function start(response) {
  const { ${names.join(", ")} } = initSync();
  const lent = { ${names.join(", ")} };
  const imports = { entry: lent, __wasm_split: lent };
  return /^application\\/wasm/.test(response.headers.get("content-type"))
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
function once(load) {
  let running;
  return () => (running ??= load().catch((reason) => { running = undefined; throw reason; }));
}
const shares = [${shared.map((file) => `once(async () => start(await get(${load(file)})))`).join(", ")}];
function area(name, integrity, needed) {
  const load = once(async () => {
    const [response] = await Promise.all([get(name, integrity), ...needed.map((place) => shares[place]())]);
    await start(response);
  });
  return async (callback, data) => {
    let loaded = true;
    try { await load(); } catch (reason) { loaded = false; console.error(reason); }
    initSync().__indirect_function_table.get(callback)(data, loaded);
  };
}
${areas.map((area) => `export const ${area.loader} = area(${load(area)}, ${JSON.stringify(area.needed)});`).join("\n")}
`;
}

/// Answers every file by its kind: `entry` and `glue` of the first page, `link`, the `shared` ones, and the `areas` with the
/// places of the shared ones that each needs.
export async function cut(wasm) {
  const folder = mkdtempSync(path.join(tmpdir(), "appshelf-modules-"));
  try {
    run("wasm-split-cli", ["--target", "web", "--out-name", NAME, wasm, folder]);
    const bound = path.join(folder, "bound");
    run("wasm-bindgen", ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", bound, "--out-name", NAME, path.join(folder, `${NAME}.wasm`)]);
    const strange = readdirSync(bound).filter((name) => ![`${NAME}.js`, `${NAME}_bg.wasm`].includes(name));
    if (strange.length) throw new Error(`wasm-bindgen wrote files that nothing would serve: ${strange.join(", ")}`);

    const written = readFileSync(path.join(folder, LINK), "utf8");
    const names = written.match(/const \{ ([^}]*?),?\s*\} = initSync/)?.[1].split(/,\s*/);
    const loaders = [...written.matchAll(/export const (__wasm_split_load_(\w+)) =/g)].map(([, loader, area]) => ({ loader, area }));
    if (!names || !loaders.length) throw new Error("the link file of wasm-split-cli has changed shape");

    const chunks = readdirSync(folder).filter((name) => /^chunk_\d+\.wasm$/.test(name));
    const groups = families(written, loaders.map(({ area }) => area));
    if (Object.values(groups).flat().length !== chunks.length) throw new Error("the notes of wasm-split-cli have changed shape");
    const groupNames = Object.keys(groups).filter((name) => groups[name].length);
    const sources = {
      entry: path.join(bound, `${NAME}_bg.wasm`),
      ...Object.fromEntries(groupNames.map((name) => [name, mergeShared(folder, name, groups[name])])),
      ...Object.fromEntries(loaders.map(({ area }) => [area, path.join(folder, `split_${area}.wasm`)])),
    };
    await Promise.all(Object.entries(sources).map(([name, source]) => optimize(source, path.join(folder, `${name}.small.wasm`))));
    const wasmFile = (name, label) => {
      const bytes = readFileSync(path.join(folder, `${name}.small.wasm`));
      return { name: label(hashOf(bytes)), bytes };
    };
    const shared = groupNames.map((name) => wasmFile(name, (hash) => `${name}-${hash}.wasm`));
    const needs = (area) => groupNames.flatMap((name, place) => (!FAMILIES[name] || FAMILIES[name].includes(area) ? [place] : []));
    const areas = loaders.map(({ loader, area }) => ({
      loader,
      area,
      needed: needs(area),
      ...wasmFile(area, (hash) => `${area}-${hash}.wasm`),
    }));
    const entry = wasmFile("entry", (hash) => `${NAME}-${hash}_bg.wasm`);

    // These two name each other: both carry the hash of what they are without their names.
    const bindings = readFileSync(path.join(bound, `${NAME}.js`), "utf8");
    const hash = hashOf(bindings, linkSource("", names, shared, areas), entry.bytes);
    const glueName = `${NAME}-${hash}.js`;
    const linkName = `link-${hash}.js`;
    const glue = { name: glueName, bytes: Buffer.from(bindings.replaceAll(`from "./${LINK}"`, `from "./${linkName}"`)) };
    const link = { name: linkName, bytes: Buffer.from(linkSource(glueName, names, shared, areas)) };
    return { entry, glue, link, shared, areas };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
