//! Dependencies between components as a graph: whether they run in a circle, and in which order to create things.

use std::collections::HashMap;

use super::model::Component;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Unseen,
    Open,
    Done,
}

/// The keys of one circle, the first repeated at the end; `None` if there is none. Unknown keys are passed over.
pub(super) fn circle(components: &[Component]) -> Option<Vec<String>> {
    let mut circle = None;
    walk(components, &mut |trail| circle = Some(trail));
    circle.map(|trail| trail.into_iter().map(|index| components[index].key.clone()).collect())
}

/// The indices of the components, each after those that it depends on; otherwise in the order of the package.
pub fn creation_order(components: &[Component]) -> Vec<usize> {
    walk(components, &mut |_| {})
}

/// Depth first without recursion: a chain of 2,000 components must not need 2,000 stack frames.
fn walk(components: &[Component], on_circle: &mut dyn FnMut(Vec<usize>)) -> Vec<usize> {
    let index: HashMap<&str, usize> = components
        .iter()
        .enumerate()
        .rev()
        .map(|(at, component)| (component.key.as_str(), at))
        .collect();
    let mut marks = vec![Mark::Unseen; components.len()];
    let mut order = Vec::with_capacity(components.len());
    for start in 0..components.len() {
        if marks[start] != Mark::Unseen {
            continue;
        }
        marks[start] = Mark::Open;
        let mut trail = vec![(start, 0)];
        while let Some((at, next)) = trail.last_mut() {
            let Some(key) = components[*at].dependencies.get(*next) else {
                marks[*at] = Mark::Done;
                order.push(*at);
                trail.pop();
                continue;
            };
            *next += 1;
            let Some(&to) = index.get(key.as_str()) else { continue };
            match marks[to] {
                Mark::Unseen => {
                    marks[to] = Mark::Open;
                    trail.push((to, 0));
                }
                Mark::Open => {
                    let mut found: Vec<_> = trail.iter().map(|(at, _)| *at).skip_while(|at| *at != to).collect();
                    found.push(to);
                    on_circle(found);
                }
                Mark::Done => {}
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::component::ComponentKind;
    use crate::package::model::JsonText;

    fn component(key: &str, dependencies: &[&str]) -> Component {
        Component {
            key: key.into(),
            kind: ComponentKind::Role,
            name: key.into(),
            folder: None,
            definition: JsonText::from_checked("{}".into()),
            dependencies: dependencies.iter().map(|&key| key.into()).collect(),
            required_features: vec![],
            sample_rows: vec![],
        }
    }

    #[test]
    fn a_circle_is_named_from_its_first_component_back_to_it() {
        let components = [
            component("a", &["b"]),
            component("b", &["c"]),
            component("c", &["d", "b"]),
            component("d", &[]),
        ];
        assert_eq!(circle(&components).unwrap(), ["b", "c", "b"]);
        assert_eq!(circle(&[component("a", &["a"])]).unwrap(), ["a", "a"]);
        assert_eq!(
            circle(&[component("a", &["b", "c"]), component("b", &["c"]), component("c", &[])]),
            None
        );
    }

    #[test]
    fn what_others_depend_on_is_created_first() {
        let components = [
            component("page", &["form", "role"]),
            component("role", &[]),
            component("form", &[]),
        ];
        assert_eq!(creation_order(&components), [2, 1, 0]);
    }

    #[test]
    fn a_chain_of_all_components_is_walked_without_recursion() {
        let chain: Vec<_> = (0..2_000)
            .map(|n| component(&format!("c{n}"), &[&format!("c{}", n + 1)]))
            .collect();
        assert_eq!(circle(&chain), None);
    }
}
