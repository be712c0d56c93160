# Which tools build and test Message Desk, in which version, and where they live. Sourced, never run.
# Everything is kept in one cache folder of the user, named by version, so that a second clone finds it ready.

TRUNK=0.21.14
WASM_BINDGEN=0.2.130 # must equal the crate in Cargo.toml
LEPTOSFMT=0.1.33
BINARYEN=132.0.0
ESBUILD=0.25.0
WASM_SPLIT=0.2.4
CARGO_DENY=0.20.2

CACHE=${MESSAGE_DESK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/message-desk}
export PATH="$CACHE/trunk-$TRUNK/bin:$CACHE/wasm-bindgen-cli-$WASM_BINDGEN/bin:$CACHE/leptosfmt-$LEPTOSFMT/bin:$CACHE/wasm_split_cli_support-$WASM_SPLIT/bin:$CACHE/cargo-deny-$CARGO_DENY/bin:$CACHE/binaryen-$BINARYEN/node_modules/.bin:$CACHE/esbuild-$ESBUILD/node_modules/.bin:$PATH"

# One target folder for every clone: dependencies are compiled once per machine.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}

# In there our own packages have one name for all clones, and what another clone built later counts as fresh: whoever comes after
# another builds them anew.
if [[ -f Cargo.toml && -d $CARGO_TARGET_DIR && $(cat "$CARGO_TARGET_DIR/clone" 2>/dev/null) != "$PWD" ]]; then
  git ls-files -z -- '*.rs' 2>/dev/null | xargs -0r touch --no-create || true
fi
[[ -f Cargo.toml ]] && mkdir -p "$CARGO_TARGET_DIR" && echo "$PWD" >"$CARGO_TARGET_DIR/clone"

# No path of the building machine in the module: shorter, and the same bytes everywhere.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
remaps="--remap-path-prefix=$(rustc --print sysroot)=rust --remap-path-prefix=$cargo_home=cargo"
for registry in "$cargo_home"/registry/src/*; do remaps+=" --remap-path-prefix=$registry=crates"; done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$remaps
