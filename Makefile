# Two commands do everything: `make run` (try the desk) and `make test` (everything that must hold).

.PHONY: run test setup dist bench format screenshots check-config generated

run:
	@.ci/setup run
	@.ci/practice

test:
	@.ci/setup test
	@.ci/check

setup:
	@.ci/setup test

dist:
	@.ci/setup run
	@. .ci/tools.sh && trunk build --release && echo "dist/ holds the static files; serve them under any path"

bench:
	@.ci/setup test
	@. .ci/tools.sh && trunk build --release && tests/bench/run

format:
	@.ci/setup test
	@.ci/views && . .ci/tools.sh && cargo fmt --all

screenshots:
	@.ci/setup test
	@. .ci/tools.sh && trunk build --release && cd tests/e2e && UPDATE_SCREENSHOTS=1 npx playwright test screenshots

check-config:
	@.ci/setup run
	@. .ci/tools.sh && cargo run -q --locked --example check_config -- $(FILE)

generated:
	@.ci/setup run
	@. .ci/tools.sh && cargo run -q --locked --example generate
