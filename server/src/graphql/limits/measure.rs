//! What executing a parsed document would ask for: depth, aliases, root mutations, page sizes and cost.
//!
//! A fragment weighs the same wherever it is spread, so each is measured once and the walk is linear in the document
//! even where its expansion is exponential. Sums saturate.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Value, Variables};

use super::Refused;
use crate::config::Limits;

/// How many entries a page has when nothing is said, as in the schema.
const DEFAULT_PAGE: usize = 20;
/// Lists of the introspection schema, through which a small document can ask for the whole schema over and over.
const SCHEMA_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
/// The usual introspection documents nest these lists no deeper.
const SCHEMA_LISTS_DEEP: usize = 2;

/// Lists that come whole, with how many entries they are taken to have: nested in each other they multiply as pages do.
const WHOLE_LISTS: [(&str, usize); 16] = [
    ("acceptances", 5),
    ("categories", 20),
    ("changes", 10),
    ("components", 20),
    ("deliveries", 10),
    ("entries", 3),
    ("installations", 10),
    ("items", 20),
    ("links", 10),
    ("members", 20),
    ("operators", 5),
    ("orders", 10),
    ("plans", 5),
    ("preTasks", 10),
    ("tasks", 10),
    ("versions", 10),
];

/// What a selection set weighs with everything below it.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    cost: usize,
    /// Selections after expansion: what walking it takes, whatever it costs.
    steps: usize,
    depth: usize,
    aliases: usize,
    /// Fields at this level, fragments followed.
    fields: usize,
    /// The longest chain of schema lists.
    lists: usize,
    /// It holds the entries of a connection.
    entries: bool,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.cost = self.cost.saturating_add(other.cost);
        self.steps = self.steps.saturating_add(other.steps);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.fields = self.fields.saturating_add(other.fields);
        self.depth = self.depth.max(other.depth);
        self.lists = self.lists.max(other.lists);
        self.entries |= other.entries;
    }
}

/// Measures every operation (the schema's validation walks all of them) and says what the costliest one costs.
pub fn heaviest(
    document: &ExecutableDocument,
    limits: &Limits,
    variables: &Variables,
    signed_in: bool,
) -> Result<usize, Refused> {
    let mut costliest = 0;
    let mut steps = 0usize;
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut walk = Walk {
            document,
            limits,
            variables,
            signed_in,
            operation,
            known: HashMap::new(),
        };
        let mut weight = walk.set(&operation.selection_set.node)?;
        for name in document.fragments.keys() {
            // A fragment that nothing spreads is validated all the same.
            weight.steps = weight.steps.max(walk.fragment(name)?.steps);
        }
        steps = steps.saturating_add(weight.steps);
        check(&weight, operation.ty, limits)?;
        costliest = costliest.max(weight.cost);
    }
    if steps > limits.cost {
        return Err(too_costly(limits.cost, steps));
    }
    Ok(costliest)
}

fn check(weight: &Weight, kind: OperationType, limits: &Limits) -> Result<(), Refused> {
    if weight.depth > limits.depth {
        let why = format!(
            "The operation is {} fields deep; {} are allowed.",
            weight.depth, limits.depth
        );
        return Err(Refused::limit("LIMIT_DEPTH", limits.depth, why));
    }
    if weight.aliases > limits.aliases {
        let why = format!(
            "The operation has {} aliases; {} are allowed.",
            weight.aliases, limits.aliases
        );
        return Err(Refused::limit("LIMIT_ALIASES", limits.aliases, why));
    }
    if kind == OperationType::Mutation && weight.fields > limits.root_mutations {
        let why = format!(
            "The operation makes {} changes; {} at once are allowed.",
            weight.fields, limits.root_mutations
        );
        return Err(Refused::limit("LIMIT_ROOT_MUTATIONS", limits.root_mutations, why));
    }
    if weight.cost > limits.cost {
        return Err(too_costly(limits.cost, weight.cost));
    }
    Ok(())
}

fn too_costly(limit: usize, cost: usize) -> Refused {
    let why = format!("The operation costs {cost} points; {limit} are allowed. Ask for smaller pages or fewer fields.");
    Refused::limit("LIMIT_COST", limit, why)
}

/// How many entries a field is taken to have that is no connection.
fn whole_list(name: &str) -> usize {
    let known = WHOLE_LISTS.iter().find(|(list, _)| *list == name);
    known.map_or(1, |(_, size)| *size)
}

/// One walk for one operation, whose variables decide page sizes.
struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    variables: &'a Variables,
    signed_in: bool,
    operation: &'a OperationDefinition,
    /// `None` while a fragment is being measured: meeting it again is a cycle.
    known: HashMap<&'a Name, Option<Weight>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Weight, Refused> {
        let mut sum = Weight::default();
        for item in &set.items {
            let weight = match &item.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
            };
            sum.add(weight);
            sum.steps = sum.steps.saturating_add(1);
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Weight, Refused> {
        match self.known.get(name) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => {
                let why = format!("Fragment \"{name}\" spreads itself.");
                return Err(Refused::invalid(why, Vec::new()));
            }
            None => {}
        }
        // The schema's validation names a fragment that does not exist.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Weight::default());
        };
        self.known.insert(name, None);
        let weight = self.set(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(weight));
        Ok(weight)
    }

    fn field(&mut self, field: &'a Field) -> Result<Weight, Refused> {
        let name = field.name.node.as_str();
        let below = self.set(&field.selection_set.node)?;
        self.check_introspection(name, &below)?;
        let page = match self.page(field)? {
            Some(page) => page,
            None if below.entries => DEFAULT_PAGE,
            None => whole_list(name),
        };
        Ok(Weight {
            cost: below.cost.saturating_mul(page).saturating_add(1),
            steps: below.steps,
            depth: below.depth + 1,
            aliases: below.aliases.saturating_add(usize::from(field.alias.is_some())),
            fields: 1,
            lists: below.lists + usize::from(SCHEMA_LISTS.contains(&name)),
            entries: matches!(name, "edges" | "nodes"),
        })
    }

    fn check_introspection(&self, name: &str, below: &Weight) -> Result<(), Refused> {
        if !matches!(name, "__schema" | "__type") {
            return Ok(());
        }
        // To others `__type` answers null, as for a type that does not exist.
        if !self.signed_in && name == "__schema" {
            return Err(Refused {
                code: "INTROSPECTION_REFUSED",
                message: "Only signed-in callers may ask for the schema.".to_owned(),
                limit: None,
                locations: Vec::new(),
            });
        }
        if below.lists > SCHEMA_LISTS_DEEP {
            let why = format!(
                "Lists of the schema are nested {} deep; {SCHEMA_LISTS_DEEP} are allowed.",
                below.lists
            );
            return Err(Refused::limit("LIMIT_INTROSPECTION", SCHEMA_LISTS_DEEP, why));
        }
        Ok(())
    }

    /// The size that `first` or `last` asks for, variables and their defaults included.
    fn page(&self, field: &Field) -> Result<Option<usize>, Refused> {
        let mut largest = None;
        for (name, value) in &field.arguments {
            let name = name.node.as_str();
            if !matches!(name, "first" | "last") {
                continue;
            }
            let known = value
                .node
                .clone()
                .into_const_with(|variable| self.variable(&variable).ok_or(()));
            let Ok(Value::Number(asked)) = known else { continue };
            // A number that is no 64-bit integer is no size either.
            let asked = asked.as_i64().unwrap_or(i64::MAX);
            let allowed = 1..=self.limits.page;
            let Some(size) = usize::try_from(asked).ok().filter(|size| allowed.contains(size)) else {
                let why = format!("`{name}` is {asked}; allowed is 1 to {}.", self.limits.page);
                return Err(Refused {
                    locations: vec![value.pos],
                    ..Refused::limit("LIMIT_PAGE", self.limits.page, why)
                });
            };
            largest = largest.max(Some(size));
        }
        Ok(largest)
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        let default = || {
            let definition = self
                .operation
                .variable_definitions
                .iter()
                .find(|d| d.node.name.node == *name)?;
            definition.node.default_value.as_ref().map(|value| &value.node)
        };
        self.variables.get(name).or_else(default).cloned()
    }
}
