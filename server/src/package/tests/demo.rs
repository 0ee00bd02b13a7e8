//! The demo packages that the product ships are good packages, and say truly which edition they need.

use crate::domain::component::{ComponentKind, Feature};
use crate::package::{Format, Import, ReadOptions, read_package};

/// The packages by their names.
pub(super) const PACKAGES: [(&str, &str); 3] = [
    ("设备巡检", include_str!("../../../demo/equipment-inspection.json")),
    ("客户管理", include_str!("../../../demo/customer-management.json")),
    ("采购审批", include_str!("../../../demo/purchase-approval.json")),
];

fn import(text: &str) -> Import {
    let options = ReadOptions {
        format: Format::Native,
        ..ReadOptions::default()
    };
    read_package(text.as_bytes(), &options, &mut |_| {}).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_demo_package_is_read_and_is_believable() {
    for (name, text) in PACKAGES {
        let package = import(text).package;
        assert_eq!(package.name, name);
        assert!(
            (6..=12).contains(&package.components.len()),
            "{name}: {} components",
            package.components.len()
        );
        for form in package
            .components
            .iter()
            .filter(|component| component.kind == ComponentKind::FormPage)
        {
            assert!(
                (10..=25).contains(&form.sample_rows.len()),
                "{name}: {} rows of {}",
                form.sample_rows.len(),
                form.key
            );
        }
    }
}

#[test]
fn together_the_demo_packages_show_every_kind_of_component() {
    let kinds: std::collections::BTreeSet<_> = PACKAGES
        .iter()
        .flat_map(|(_, text)| import(text).package.components)
        .map(|component| component.kind)
        .collect();
    let missing: Vec<_> = ComponentKind::ALL
        .into_iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert_eq!(missing, []);
}

#[test]
fn d25_one_demo_package_needs_professional_and_one_is_content_with_free() {
    let features = |index: usize| -> Vec<Feature> {
        import(PACKAGES[index].1)
            .package
            .components
            .into_iter()
            .flat_map(|c| c.required_features)
            .collect()
    };
    // FREE has one HTTP connector and one data preparation, and neither custom pages nor cross-app forms.
    assert!(features(0).contains(&Feature::CustomPages));
    let free = features(2);
    assert!(
        free.iter()
            .all(|feature| matches!(feature, Feature::HttpConnectors | Feature::DataPreparations)),
        "{free:?}"
    );
    assert!(
        free.iter()
            .filter(|feature| **feature == Feature::HttpConnectors)
            .count()
            <= 1
    );
    assert!(
        free.iter()
            .filter(|feature| **feature == Feature::DataPreparations)
            .count()
            <= 1
    );
}
