//! `make generated`: writes into `deploy/` what is made from the vendors' lists. A test compares.

mod allowed;
mod generated;
mod schema;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, text) in generated::files(repository)? {
        std::fs::write(repository.join(path), text)?;
    }
    Ok(())
}
