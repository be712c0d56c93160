# Two commands do everything: `make run` (try the desk) and `make test` (everything that must hold). `make help` lists the rest.

SHELL := bash
.PHONY: help run test setup dist check-config lock reproducible advisories generated bench format screenshots
DIST := dist

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 24

run: ## try it: a practice cloud and the page on this machine
	@.ci/setup run
	@.ci/practice

test: ## everything that must hold
	@.ci/setup test
	@.ci/check

setup: ## install what `make test` needs
	@.ci/setup test

dist: ## a release build in dist/: static files for any path on any host, with headers.json, SBOM and checksums
	@.ci/setup run
	@. .ci/tools.sh && .ci/build && echo "dist/ holds the static files; serve them under any path"

check-config: ## what is wrong with a configuration: make check-config FILE=config.json
	@.ci/setup run
	@. .ci/tools.sh && cargo run -q --locked --example check_config -- $(FILE)

lock: check-config ## put a checked configuration into a build and close its policy to all but its proxies: make lock FILE=… DIST=… PORTAL=…
	@cp $(FILE) $(DIST)/config.json && .ci/pack.mjs $(DIST) "'self' $(PORTAL)" && echo "$(DIST)/ calls the proxies of $(FILE) and nothing else"

reproducible: ## build a second time from nothing and compare every byte with dist/
	@.ci/reproduce

advisories: ## what is known against the packages in use; needs a network
	@.ci/setup test
	@.ci/advisories

generated: ## write what deploy/ says of the vendors anew, after their lists have changed
	@.ci/setup run
	@. .ci/tools.sh && cargo run -q --locked --example generate

bench: ## the build's wire size by crate, cold start beside the smallest Leptos page, long lists beside PapaParse, the pace of jobs, a vault's opening
	@.ci/setup test
	@. .ci/tools.sh && .ci/build && tests/bench/run

format: ## rustfmt and leptosfmt
	@.ci/setup test
	@.ci/views && . .ci/tools.sh && cargo fmt --all

screenshots: ## the README's pictures, from a release build
	@.ci/setup test
	@. .ci/tools.sh && .ci/build && cd tests/e2e && UPDATE_SCREENSHOTS=1 npx playwright test screenshots
