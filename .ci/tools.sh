# Which tools build and test Message Desk, in which version, and where they live. Sourced, never run.
# Everything is kept in one cache folder of the user, named by version, so that a second clone finds it ready.

TRUNK=0.21.14
WASM_BINDGEN=0.2.130 # must equal the crate in Cargo.toml
LEPTOSFMT=0.1.33
BINARYEN=132.0.0

CACHE=${MESSAGE_DESK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/message-desk}
export PATH="$CACHE/trunk-$TRUNK/bin:$CACHE/wasm-bindgen-cli-$WASM_BINDGEN/bin:$CACHE/leptosfmt-$LEPTOSFMT/bin:$CACHE/binaryen-$BINARYEN/node_modules/.bin:$PATH"

# One target folder for every clone: dependencies are compiled once per machine.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
