//! Tells Cargo which folders the program embeds, so that a file added to one of them is built in.

fn main() {
    for folder in ["themes", "src/cmd/starter"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
