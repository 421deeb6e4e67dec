//! Lets the server build before the web app has been: an empty folder embeds nothing.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
    println!("cargo::rerun-if-changed=../web/dist");
    if let Err(error) = std::fs::create_dir_all("../web/dist") {
        println!("cargo::warning=web/dist can't be made: {error}");
    }
}
