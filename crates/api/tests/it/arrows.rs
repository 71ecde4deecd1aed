//! The house rule of ARCHITECTURE.md: `types ← domain ← db ← services ← jobs, api, web ← server`, and who may know which framework.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// What each crate may stand on. `novashop-testing` is not here: nothing but tests may stand on it.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("novashop-types", &[]),
    ("novashop-links", &["types"]),
    ("novashop-migrations", &[]),
    ("novashop-domain", &["types"]),
    ("novashop-db", &["types", "domain", "migrations"]),
    ("novashop-services", &["types", "domain", "db", "links"]),
    ("novashop-jobs", &["types", "domain", "db", "links", "services"]),
    ("novashop-api", &["types", "domain", "db", "links", "services"]),
    ("novashop-web", &["types", "domain"]),
    ("novashop-server", &["types", "domain", "migrations", "db", "links", "services", "jobs", "api", "web"]),
];

/// Frameworks, and the only crates that may name them.
const ONLY_IN: [(&str, &[&str]); 5] = [
    // apalis-redis is given its connection by `jobs`.
    ("redis", &["novashop-jobs", "novashop-links"]),
    ("sea-orm", &["novashop-db", "novashop-migrations"]),
    ("sea-orm-migration", &["novashop-db", "novashop-migrations"]),
    ("sqlx", &["novashop-db"]),
    ("actix-web", &["novashop-api", "novashop-web", "novashop-server"]),
];

/// Every crate of the workspace with what it stands on; what only its tests need is left out.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(["metadata", "--format-version=1", "--no-deps", "--offline"]).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let package = |package: &Value| {
        let used = package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"] != "dev");
        (text(&package["name"]), used.map(|dependency| text(&dependency["name"])).collect())
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

#[test]
fn dependencies_point_one_way() {
    let arrows = arrows();
    for (name, used) in &arrows {
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| known == name) else {
            assert!(name == "novashop-testing" || !name.starts_with("novashop-"), "{name} has no row in MAY_USE");
            continue;
        };
        for other in used.iter().filter_map(|used| used.strip_prefix("novashop-")) {
            assert!(allowed.contains(&other), "{name} must not depend on novashop-{other}");
        }
    }
    for (name, _) in MAY_USE {
        assert!(arrows.contains_key(name), "{name} is gone: take its row out of MAY_USE");
    }
}

#[test]
fn frameworks_stay_in_their_own_layer() {
    for (name, used) in arrows().iter().filter(|(name, _)| *name != "novashop-testing") {
        for (framework, allowed) in ONLY_IN {
            assert!(!used.contains(framework) || allowed.contains(&name.as_str()), "{name} must not know {framework}");
        }
    }
}

/// Every Rust file below a folder, as one text.
fn rust_below(folder: &std::path::Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_below(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let model = std::fs::read_to_string(crates.join("../docs/threat-model.md")).unwrap();
    let mut code = String::new();
    rust_below(&crates, &mut code);
    let named: Vec<&str> = model.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() > 2).collect();
    assert!(named.len() > 40, "only {} tests are named", named.len());
    for name in named {
        assert!(code.contains(&format!("fn {name}(")), "docs/threat-model.md names {name}, which is no test");
    }
}
