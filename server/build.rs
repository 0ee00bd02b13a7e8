//! Tells cargo which files outside the sources end up in the binary: the front end (`dist`) and the migrations. Their macros read
//! them, but cargo would not notice a file that is new. It builds neither; `scripts/build-web` builds the front end.

fn main() {
    // A folder that is missing counts as changed in every build; without a front end an empty one is embedded. Where the sources
    // are read-only it has to be there already.
    let _ = std::fs::create_dir_all("../dist");
    println!("cargo::rerun-if-changed=../dist");
    println!("cargo::rerun-if-changed=../migrations");
}
