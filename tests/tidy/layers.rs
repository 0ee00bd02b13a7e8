//! Who may know whom in the server: `http -> graphql -> services -> {store, domain, auth, files, package}`, `jobs -> services`,
//! `store -> domain`, `domain -> nothing`. Read from the sources as text; macros that hide a name escape it.

use crate::sources::{Source, below};

/// A layer: its folder, what of `crate` it may name (a module, or a path in it), and the crates it must not name.
struct Layer {
    name: &'static str,
    may_name: &'static [&'static str],
    never: &'static [&'static str],
}

const LAYERS: [Layer; 7] = [
    Layer {
        name: "domain",
        may_name: &[],
        never: &["diesel", "async_graphql", "actix_web", "tokio"],
    },
    Layer {
        name: "package",
        may_name: &["domain"],
        never: &["diesel", "async_graphql", "actix_web"],
    },
    // Every query takes a scope that the viewer's roles prove, hence `auth::viewer`.
    Layer {
        name: "store",
        may_name: &["domain", "auth::viewer", "app::Clock", "config", "package"],
        never: &["async_graphql", "actix_web"],
    },
    Layer {
        name: "services",
        may_name: &["domain", "store", "auth", "files", "package", "config", "app"],
        never: &["async_graphql", "actix_web"],
    },
    Layer {
        name: "graphql",
        may_name: &[
            "services", "domain", "store", "auth", "files", "package", "config", "app", "jobs",
        ],
        never: &["actix_web"],
    },
    Layer {
        name: "jobs",
        may_name: &[
            "services", "store", "domain", "auth", "files", "package", "mail", "config", "app", "stop",
        ],
        never: &["async_graphql", "actix_web"],
    },
    Layer {
        name: "auth",
        may_name: &["domain", "store", "config", "app"],
        never: &["async_graphql", "actix_web"],
    },
];

#[test]
fn a_layer_names_only_what_stands_below_it() {
    let mut offences = Vec::new();
    for layer in &LAYERS {
        for source in below(&format!("server/src/{}", layer.name)) {
            offences.extend(offences_of(layer, &source));
        }
    }
    assert_eq!(offences, Vec::<String>::new());
}

fn offences_of(layer: &Layer, source: &Source) -> Vec<String> {
    let mut offences = Vec::new();
    for (index, line) in product_lines(&source.text) {
        for path in crate_paths(line) {
            let known = std::iter::once(&layer.name)
                .chain(layer.may_name)
                .any(|may| path == *may || path.starts_with(&format!("{may}::")));
            if !known {
                offences.push(format!(
                    "{}:{index}: {} must not name crate::{path}",
                    source.path, layer.name
                ));
            }
        }
        for never in layer.never {
            if line.contains(&format!("{never}::")) {
                offences.push(format!("{}:{index}: {} must not name {never}", source.path, layer.name));
            }
        }
    }
    offences
}

/// The numbered lines outside comments and before the file's own module of tests, which may stand on anything.
fn product_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let all: Vec<&str> = text.lines().collect();
    let opens_tests =
        |pair: &[&str]| pair[0].trim() == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{');
    let end = all.windows(2).position(opens_tests).unwrap_or(all.len());
    let product = all
        .into_iter()
        .take(end)
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    product.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// What follows `crate::` in a line, as far as it is a plain path (`store::conn::Conn`); of a group only its stem.
fn crate_paths(line: &str) -> Vec<String> {
    let pieces = line.split("crate::").skip(1);
    pieces
        .filter_map(|piece| {
            let end = piece
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(piece.len());
            let path = piece[..end].trim_end_matches(':');
            // A macro of ours is named by its own path, not by its layer's.
            let is_macro = piece[end..].starts_with('!');
            (!path.is_empty() && !is_macro).then(|| path.to_owned())
        })
        .collect()
}

#[test]
fn time_comes_from_the_clock() {
    let tells_time = ["Utc::now()", "Local::now()"];
    let mut offences = Vec::new();
    for source in below("server/src")
        .into_iter()
        .filter(|source| source.path != "server/src/app.rs")
    {
        for (index, line) in
            product_lines(&source.text).filter(|(_, line)| tells_time.iter().any(|call| line.contains(call)))
        {
            offences.push(format!("{}:{index}: {}", source.path, line.trim()));
        }
    }
    assert_eq!(
        offences,
        Vec::<String>::new(),
        "ask the clock in `app`, which tests can set"
    );
}
