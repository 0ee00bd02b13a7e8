//! Pages in their folders, and what a page stands before once it was moved. Pure.

/// Things by their folders in the order of the application; those of no folder first.
pub fn in_folders<T>(things: Vec<T>, folder: impl Fn(&T) -> Option<String>) -> Vec<(Option<String>, Vec<T>)> {
    let mut groups: Vec<(Option<String>, Vec<T>)> = vec![(None, Vec::new())];
    for thing in things {
        let name = folder(&thing);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, group)) => group.push(thing),
            None => groups.push((name, vec![thing])),
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

/// A page's key and its folder.
pub type Place<'a> = (&'a str, Option<&'a str>);

/// What the page stands before to change places with its neighbour above; none where it is the first of its folder.
pub fn above(all: &[Place<'_>], key: &str) -> Option<String> {
    let siblings = siblings(all, key);
    let index = siblings.iter().position(|sibling| *sibling == key)?;
    Some(siblings[index.checked_sub(1)?].to_owned())
}

/// What it stands before to change places with its neighbour below, the end being none; nothing where it is the last.
pub fn below(all: &[Place<'_>], key: &str) -> Option<Option<String>> {
    let siblings = siblings(all, key);
    let index = siblings.iter().position(|sibling| *sibling == key)?;
    let next = siblings.get(index + 1)?;
    Some(following(all, key, next))
}

/// What it stands before to be the last of a folder; the end where the folder is empty.
pub fn end_of(all: &[Place<'_>], key: &str, folder: Option<&str>) -> Option<String> {
    let mut inside = all.iter().filter(|(other, at)| *other != key && *at == folder);
    inside.next_back().and_then(|(last, _)| following(all, key, last))
}

fn siblings<'a>(all: &[Place<'a>], key: &str) -> Vec<&'a str> {
    let folder = all
        .iter()
        .find(|(other, _)| *other == key)
        .and_then(|(_, folder)| *folder);
    all.iter()
        .filter(|(_, at)| *at == folder)
        .map(|(other, _)| *other)
        .collect()
}

/// The page after another one, the moved one left out.
fn following(all: &[Place<'_>], key: &str, after: &str) -> Option<String> {
    let mut rest = all.iter().map(|(other, _)| *other).filter(|other| *other != key);
    rest.find(|other| *other == after)?;
    rest.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Place<'static>; 5] = [
        ("home", None),
        ("device", Some("基础数据")),
        ("record", Some("日常工作")),
        ("plan", Some("基础数据")),
        ("order", Some("日常工作")),
    ];

    #[test]
    fn pages_stand_in_their_folders_and_those_of_none_first() {
        let groups = in_folders(ALL.to_vec(), |(_, folder)| folder.map(str::to_owned));
        let keys: Vec<Vec<&str>> = groups
            .into_iter()
            .map(|(_, pages)| pages.into_iter().map(|(key, _)| key).collect())
            .collect();
        assert_eq!(keys, [vec!["home"], vec!["device", "plan"], vec!["record", "order"]]);
    }

    #[test]
    fn a_page_changes_places_with_its_neighbour_in_the_same_folder() {
        assert_eq!(above(&ALL, "plan").as_deref(), Some("device"));
        assert_eq!(above(&ALL, "device"), None);
        assert_eq!(below(&ALL, "device"), Some(Some("order".to_owned())));
        assert_eq!(below(&ALL, "record"), Some(None));
        assert_eq!(below(&ALL, "order"), None);
    }

    #[test]
    fn a_page_that_comes_into_a_folder_is_its_last() {
        assert_eq!(end_of(&ALL, "home", Some("基础数据")).as_deref(), Some("order"));
        assert_eq!(end_of(&ALL, "order", None).as_deref(), Some("device"));
        assert_eq!(end_of(&ALL, "home", Some("新建")), None);
    }
}
