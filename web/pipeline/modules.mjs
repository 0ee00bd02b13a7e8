// Cuts the WebAssembly that cargo built into modules that browsers load when they need them: the entry, which every visit
// carries; one module an area (web/src/pages/area.rs); and some for what several areas share. wasm-split-cli knows from the
// linker's record which function and which text is reached from where, so nothing has to be assigned by hand and nothing can be
// missing; what travels together is worked out from sizes, so that the largest first visit is as small as can be.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";

const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map(
  (name) => `--enable-${name}`,
);
// Taken apart and put together once more, the code of all modules is a fiftieth smaller on the wire. Nothing lies in the lowest kilobyte:
// there the stack ends.
const SMALLEST = [
  ...["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--reorder-functions"],
  ...["--strip-debug", "--strip-producers", "--strip-target-features"],
];
const NAME = "appshelf-web";
const LINK = "__wasm_split.js";
// What several areas reach travels in so many modules at most: each is a request of its own.
const SHARED = 48;
// What a module costs beside what is in it, in compressed bytes: what is compressed apart compresses worse.
const OVERHEAD = 1000;
// How well code and data are compressed, usually. Names and other notes do not travel.
const RATIO = { 10: 0.33, 11: 0.5 };
// From so many groups on every pair is compared.
const FEW = 120;
// How much more the largest first visit counts than the others when it is decided what travels together.
const WEIGHT = 40;

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
    // Where the disk is full it writes nothing and calls that a success.
    const written = () => statSync(to, { throwIfNoEntry: false })?.size > 0;
    tool.on("exit", (status) => (status === 0 && written() ? done() : failed(new Error(`wasm-opt failed on ${from}`))));
  });
}

// About how many compressed bytes the code and the data of a module are.
function weight(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  let sum = 0;
  while (at < wasm.length) {
    const section = wasm[at++];
    const length = number();
    sum += length * (RATIO[section] ?? 0);
    at += length;
  }
  return sum;
}

// The chunks that wasm-split-cli made, one for each combination of areas that reach the same (it notes before each which), joined
// until few enough are left: step by step those two of which least is loaded in vain, above all by the largest areas.
function families(folder, written, areas) {
  const sizeOf = (name) => weight(readFileSync(path.join(folder, name)));
  let groups = [...written.matchAll(/\/\* ([\w, ]+) \*\/\s*const __chunk_(\d+) =/g)].map(([, users, number]) => {
    const chunk = `chunk_${number}.wasm`;
    const named = users.split(", ");
    return { chunks: [chunk], size: sizeOf(chunk), users: areas.map((area) => named.includes(area)) };
  });
  const loads = areas.map((area, at) => {
    const reached = groups.filter(({ users }) => users[at]);
    return reached.reduce((sum, { size }) => sum + size + OVERHEAD, sizeOf(`split_${area}.wasm`));
  });
  const largest = Math.max(...loads);
  // How much more the visit of an area carries once the two travel together.
  const more = (one, other, at) => {
    const [first, second] = [one.users[at], other.users[at]];
    if (first && second) return -OVERHEAD;
    return first ? other.size : second ? one.size : 0;
  };
  const price = (one, other) => {
    let sum = 0;
    for (let at = 0; at < areas.length; at += 1) {
      const added = more(one, other, at);
      if (added) sum += ((loads[at] + added) / largest) ** WEIGHT - (loads[at] / largest) ** WEIGHT;
    }
    return sum;
  };
  const join = (one, other) => {
    for (let at = 0; at < areas.length; at += 1) loads[at] += more(one, other, at);
    const users = one.users.map((user, at) => user || other.users[at]);
    const joined = { chunks: [...one.chunks, ...other.chunks], size: one.size + other.size, users };
    groups = groups.filter((group) => group !== one && group !== other).concat(joined);
  };
  const best = (pairs) => pairs.reduce((known, pair) => (pair.sum < known.sum ? pair : known), { sum: Infinity });
  const beside = (one, others) => best(others.map((other) => ({ one, other, sum: price(one, other) })));
  for (;;) {
    // Of many, the smallest finds its place first: which pair of all is the best is worth asking of few alone.
    const smallest = groups.reduce((known, group) => (group.size < known.size ? group : known));
    const rest = groups.filter((group) => group !== smallest);
    const { one, other, sum } =
      groups.length > FEW ? beside(smallest, rest) : best(groups.slice(1).map((group, at) => beside(group, groups.slice(0, at + 1))));
    if (groups.length <= SHARED && sum >= 0) break;
    join(one, other);
  }
  return groups
    .sort((one, other) => other.size - one.size)
    .map((group, at) => ({ ...group, name: `shared-${at + 1}`, reaches: (area) => group.users[areas.indexOf(area)] }));
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

export const integrity = (bytes) => "sha256-" + createHash("sha256").update(bytes).digest("base64");
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
    const groups = families(folder, written, loaders.map(({ area }) => area));
    if (groups.flatMap((group) => group.chunks).length !== chunks.length) throw new Error("the notes of wasm-split-cli have changed shape");
    const sources = {
      entry: path.join(bound, `${NAME}_bg.wasm`),
      ...Object.fromEntries(groups.map(({ name, chunks }) => [name, mergeShared(folder, name, chunks)])),
      ...Object.fromEntries(loaders.map(({ area }) => [area, path.join(folder, `split_${area}.wasm`)])),
    };
    // Each tool uses every core it finds: a few at a time, or they only stand in each other's way.
    const waiting = Object.entries(sources);
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await optimize(next[1], path.join(folder, `${next[0]}.small.wasm`));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    const wasmFile = (name, label) => {
      const bytes = readFileSync(path.join(folder, `${name}.small.wasm`));
      return { name: label(hashOf(bytes)), bytes };
    };
    const shared = groups.map(({ name }) => wasmFile(name, (hash) => `${name}-${hash}.wasm`));
    const needs = (area) => groups.flatMap((group, at) => (group.reaches(area) ? [at] : []));
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
