//! Reads `appshelf.package/1`, the product's own format, strictly: an unknown member is a mistake, not a remark.
//! The format is written down in `docs/package-format.md` and, for machines, in `package-1.schema.json`.

use std::collections::HashMap;

use super::error::{Code, PackageError};
use super::fields;
use super::form::{self, Form};
use super::graph;
use super::limits::Limits;
use super::model::{Component, JsonText, Package, SampleRow};
use super::problems::{At, Problems, Stop};
use super::walk::{Kind, Node};
use crate::domain::component::{ComponentKind, Feature};

/// The value of the member `format`.
pub const FORMAT: &str = "appshelf.package/1";

/// Reads the package of a checked text. `tell` is called with the bytes that are dealt with.
pub(super) fn read(text: &str, limits: &Limits, tell: &mut dyn FnMut(usize)) -> Result<Package, PackageError> {
    let mut problems = Problems::new(text, limits.problems);
    let mut reader = Reader {
        limits,
        tell,
        rows: 0,
        components: Vec::new(),
        nodes: Vec::new(),
        links: Vec::new(),
    };
    let head = reader.package(Node::root(text), &mut problems);
    problems.refusal()?;
    match head {
        Ok(Head {
            name: Some(name),
            version: Some(version),
            summary,
            description,
            icon,
        }) => Ok(Package {
            name,
            version,
            summary,
            description,
            icon,
            components: reader.components,
        }),
        // A head without problems has a name and a version; the types cannot say so.
        _ => Err(PackageError::one(super::unknown_format(FORMAT))),
    }
}

/// What a package says about itself.
struct Head {
    name: Option<String>,
    version: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    icon: Option<String>,
}

struct Reader<'r, 'a> {
    limits: &'r Limits,
    tell: &'r mut dyn FnMut(usize),
    rows: usize,
    components: Vec<Component>,
    /// Where each component stands, in step with `components`.
    nodes: Vec<(usize, Node<'a>)>,
    /// Links from form to form, checked once every key is known.
    links: Vec<(String, Node<'a>, String)>,
}

impl<'a> Reader<'_, 'a> {
    fn package(&mut self, root: Node<'a>, problems: &mut Problems<'_>) -> Result<Head, Stop> {
        let names = [
            "format",
            "name",
            "version",
            "summary",
            "description",
            "icon",
            "components",
            "$schema",
        ];
        let [format, name, version, summary, description, icon, components, _schema] =
            fields::members(root, &At::Root, names, problems)?;
        if let Some(format) = fields::required(format, root, &At::Root, "format", problems)?
            && format.string().as_deref() != Some(FORMAT)
        {
            return Err(problems.last(Code::UnknownFormat, &At::Root.member("format"), format, &[&FORMAT]));
        }
        let head = self.head(root, [name, version, summary, description, icon], problems)?;
        let Some(components) = fields::required(components, root, &At::Root, "components", problems)? else {
            return Ok(head);
        };
        let at = At::Root.member("components");
        if fields::is(components, Kind::Array, &at, problems)? {
            for (index, node) in components.items().enumerate() {
                if index >= self.limits.components {
                    return Err(problems.last(
                        Code::TooManyComponents,
                        &at.item(index),
                        node,
                        &[&self.limits.components],
                    ));
                }
                self.component(node, index, &at.item(index), problems)?;
                (self.tell)(problems.offset(node) + node.text().len());
            }
        }
        self.check_references(problems)?;
        Ok(head)
    }

    fn head(&self, root: Node<'_>, nodes: [Option<Node<'_>>; 5], problems: &mut Problems<'_>) -> Result<Head, Stop> {
        let [name, version, summary, description, icon] = nodes;
        let limits = self.limits;
        let name = match fields::required(name, root, &At::Root, "name", problems)? {
            Some(node) => fields::name(node, &At::Root.member("name"), limits.application_name, problems)?,
            None => None,
        };
        let version = match fields::required(version, root, &At::Root, "version", problems)? {
            Some(node) => read_version(node, problems)?,
            None => None,
        };
        let mut optional = |node: Option<Node<'_>>, name: &str, longest: usize| match node {
            Some(node) if name == "description" => fields::prose(node, &At::Root.member(name), longest, problems),
            Some(node) => fields::name(node, &At::Root.member(name), longest, problems),
            None => Ok(None),
        };
        Ok(Head {
            name,
            version,
            summary: optional(summary, "summary", limits.name)?,
            description: optional(description, "description", limits.description)?,
            icon: optional(icon, "icon", 64)?,
        })
    }

    fn component(
        &mut self,
        node: Node<'a>,
        index: usize,
        at: &At<'_>,
        problems: &mut Problems<'_>,
    ) -> Result<(), Stop> {
        let names = [
            "key",
            "kind",
            "name",
            "folder",
            "definition",
            "dependencies",
            "requiredFeatures",
            "sampleRows",
        ];
        let [key, kind, name, folder, definition, dependencies, features, rows] =
            fields::members(node, at, names, problems)?;
        let key = match fields::required(key, node, at, "key", problems)? {
            Some(key) => read_key(key, &at.member("key"), problems)?,
            None => None,
        };
        let kind = match fields::required(kind, node, at, "kind", problems)? {
            Some(kind) => read_kind(kind, &at.member("kind"), problems)?,
            None => None,
        };
        let name = match fields::required(name, node, at, "name", problems)? {
            Some(name) => fields::name(name, &at.member("name"), self.limits.name, problems)?,
            None => None,
        };
        let folder = match folder {
            Some(folder) => fields::name(folder, &at.member("folder"), self.limits.name, problems)?,
            None => None,
        };
        let dependencies = match dependencies {
            Some(list) => read_dependencies(list, &at.member("dependencies"), self.limits, problems)?,
            None => Vec::new(),
        };
        let mut required_features = match features {
            Some(list) => read_features(list, &at.member("requiredFeatures"), problems)?,
            None => Vec::new(),
        };
        let definition = fields::required(definition, node, at, "definition", problems)?;
        let form = self.definition(definition, kind, at, problems)?;
        let sample_rows = self.sample_rows(rows, kind, form.as_ref(), at, problems)?;
        let (Some(key), Some(kind), Some(name), Some(definition)) = (key, kind, name, definition) else {
            return Ok(());
        };
        required_features.extend(implied_features(kind, definition));
        required_features.sort_unstable();
        required_features.dedup();
        let definition = JsonText::from_checked(definition.compact());
        self.nodes.push((index, node));
        self.components.push(Component {
            key,
            kind,
            name,
            folder,
            definition,
            dependencies,
            required_features,
            sample_rows,
        });
        Ok(())
    }

    /// Every definition is an object; only that of a form page is understood here.
    fn definition(
        &mut self,
        node: Option<Node<'a>>,
        kind: Option<ComponentKind>,
        at: &At<'_>,
        problems: &mut Problems<'_>,
    ) -> Result<Option<Form<'a>>, Stop> {
        let at = at.member("definition");
        let Some(node) = node else { return Ok(None) };
        if !fields::is(node, Kind::Object, &at, problems)? || kind != Some(ComponentKind::FormPage) {
            return Ok(None);
        }
        let mut form = form::read(node, &at, self.limits, problems)?;
        if let Some(form) = &mut form {
            self.links.append(&mut form.links);
        }
        Ok(form)
    }

    fn sample_rows(
        &mut self,
        rows: Option<Node<'a>>,
        kind: Option<ComponentKind>,
        form: Option<&Form<'_>>,
        at: &At<'_>,
        problems: &mut Problems<'_>,
    ) -> Result<Vec<SampleRow>, Stop> {
        let at = at.member("sampleRows");
        let mut read = Vec::new();
        let Some(rows) = rows else { return Ok(read) };
        if !fields::is(rows, Kind::Array, &at, problems)? {
            return Ok(read);
        }
        if let Some(kind) = kind
            && kind != ComponentKind::FormPage
            && rows.items().next().is_some()
        {
            problems.add(Code::MisplacedSampleRows, &at, rows, &[&kind])?;
            return Ok(read);
        }
        for (index, row) in rows.items().enumerate() {
            let at = at.item(index);
            self.rows += 1;
            if self.rows > self.limits.sample_rows {
                return Err(problems.last(Code::TooManySampleRows, &at, row, &[&self.limits.sample_rows]));
            }
            if !fields::is(row, Kind::Object, &at, problems)?
                || !fields::is_small(row, &at, self.limits.piece_bytes, problems)?
            {
                continue;
            }
            if let Some(form) = form {
                form::check_row(row, &at, form, problems)?;
            }
            let position = u32::try_from(index).unwrap_or(u32::MAX);
            read.push(SampleRow {
                position,
                data: JsonText::from_checked(row.compact()),
            });
        }
        Ok(read)
    }

    /// Keys are unique, dependencies exist and run in no circle, links point to form pages.
    fn check_references(&self, problems: &mut Problems<'_>) -> Result<(), Stop> {
        let components = At::Root.member("components");
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        for (position, component) in self.components.iter().enumerate() {
            let (index, node) = self.nodes[position];
            if let Some(first) = by_key.get(component.key.as_str()) {
                let first = components.item(self.nodes[*first].0).to_string();
                let key = node.get("key").unwrap_or(node);
                problems.add(
                    Code::DuplicateKey,
                    &components.item(index).member("key"),
                    key,
                    &[&component.key, &first],
                )?;
            } else {
                by_key.insert(&component.key, position);
            }
        }
        // What is missing because it was refused itself is not dangling as well.
        let complete = problems.is_empty();
        for (position, component) in self.components.iter().enumerate() {
            let (index, node) = self.nodes[position];
            let list = node.get("dependencies").unwrap_or(node);
            for (at, dependency) in component.dependencies.iter().enumerate() {
                if complete && !by_key.contains_key(dependency.as_str()) {
                    let place = components.item(index);
                    let place = place.member("dependencies");
                    let item = list.items().nth(at).unwrap_or(list);
                    problems.add(Code::DanglingDependency, &place.item(at), item, &[dependency])?;
                }
            }
        }
        for (path, node, key) in &self.links {
            let target = by_key.get(key.as_str()).map(|position| self.components[*position].kind);
            if complete && target != Some(ComponentKind::FormPage) {
                problems.add_at(Code::DanglingDependency, path.clone(), *node, &[key])?;
            }
        }
        if let Some(circle) = graph::circle(&self.components) {
            let first = circle.first().and_then(|key| by_key.get(key.as_str()));
            let (index, node) = first.map_or((0, self.nodes[0].1), |position| self.nodes[*position]);
            let place = components.item(index);
            let list = node.get("dependencies").unwrap_or(node);
            problems.add(
                Code::CyclicDependency,
                &place.member("dependencies"),
                list,
                &[&circle.join(" → ")],
            )?;
        }
        Ok(())
    }
}

fn read_version(node: Node<'_>, problems: &mut Problems<'_>) -> Result<Option<String>, Stop> {
    let at = At::Root.member("version");
    let Some(text) = fields::string(node, &at, problems)? else {
        return Ok(None);
    };
    if !fields::is_version(&text) {
        problems.add(Code::InvalidVersion, &at, node, &[&text])?;
    }
    Ok(Some(text))
}

fn read_key(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<Option<String>, Stop> {
    let Some(text) = fields::string(node, at, problems)? else {
        return Ok(None);
    };
    if !fields::is_key(&text) {
        problems.add(Code::InvalidKey, at, node, &[&text])?;
        return Ok(None);
    }
    Ok(Some(text))
}

fn read_kind(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<Option<ComponentKind>, Stop> {
    let Some(text) = fields::string(node, at, problems)? else {
        return Ok(None);
    };
    let kind = text.parse().ok();
    if kind.is_none() {
        problems.add(Code::UnknownKind, at, node, &[&text])?;
    }
    Ok(kind)
}

fn read_dependencies(
    node: Node<'_>,
    at: &At<'_>,
    limits: &Limits,
    problems: &mut Problems<'_>,
) -> Result<Vec<String>, Stop> {
    let mut keys = Vec::new();
    if fields::is(node, Kind::Array, at, problems)? {
        for (index, item) in node.items().enumerate() {
            // There cannot be more distinct components than that, and repeats would only cost memory.
            if index >= limits.components {
                return Err(problems.last(Code::TooManyComponents, &at.item(index), item, &[&limits.components]));
            }
            if let Some(key) = read_key(item, &at.item(index), problems)? {
                keys.push(key);
            }
        }
    }
    Ok(keys)
}

fn read_features(node: Node<'_>, at: &At<'_>, problems: &mut Problems<'_>) -> Result<Vec<Feature>, Stop> {
    let mut features = Vec::new();
    if fields::is(node, Kind::Array, at, problems)? {
        for (index, item) in node.items().enumerate() {
            let at = at.item(index);
            let Some(text) = fields::string(item, &at, problems)? else {
                continue;
            };
            match text.parse::<Feature>() {
                Ok(feature) if feature.is_declarable() => features.push(feature),
                _ => problems.add(Code::UnknownFeature, &at, item, &[&text])?,
            }
        }
    }
    Ok(features)
}

/// What a component needs whether it says so or not; a package cannot leave an entitlement unsaid.
fn implied_features(kind: ComponentKind, definition: Node<'_>) -> impl Iterator<Item = Feature> {
    let is_http =
        kind == ComponentKind::Connector && definition.get("type").and_then(Node::string).as_deref() == Some("HTTP");
    kind.implied_feature()
        .into_iter()
        .chain(is_http.then_some(Feature::HttpConnectors))
}
