# Every target says what it does: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run dev app test soak fuzz bench load lighthouse screenshots deployments check fmt openapi demo

help: ## Show what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Install what the build needs (only what is missing)
	@scripts/setup app

run: setup ## Build (optimised) and start the whole shop with a demo catalogue: app on port 3000, API on 2002
	@scripts/app
	cargo build --release --locked --bin novashop
	target/release/novashop serve --demo

dev: ## The same without optimising, built again whenever a source file changes
	@scripts/dev

app: setup ## Build the app for the browser into frontend/dist
	@scripts/app

test: setup ## Install what the tests need and run all of them, on SQLite and on PostgreSQL
	@scripts/test

soak: setup ## The races and the crashes at full length, on both databases: some minutes
	@NOVASHOP_SOAK=1 scripts/test races whatever_was_acknowledged

fuzz: setup ## Attack the API from its own document, as guest, customer and admin (not part of `make test`)
	@scripts/fuzz

check: ## Formatting, lints, documentation, licences and advisories
	cargo fmt --all --check
	cargo fmt --manifest-path frontend/Cargo.toml --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo clippy --manifest-path frontend/Cargo.toml --locked --target wasm32-unknown-unknown -p novashop-shop -p novashop-admin -- -D warnings
	cargo clippy --manifest-path frontend/Cargo.toml --locked -p novashop-app-build -p novashop-locales --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
	@scripts/setup app && scripts/app --check
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "cargo-deny is not installed: 'cargo install cargo-deny' to check licences and advisories"; fi

fmt: ## Format the code
	cargo fmt --all

openapi: ## Write openapi/openapi.json anew
	cargo run --quiet --bin novashop -- openapi > openapi/openapi.json.new
	mv openapi/openapi.json.new openapi/openapi.json

bench: setup ## Measure the shop against the least its answers can cost; writes docs/benchmarks.md
	@scripts/bench

load: setup ## Shoppers by the dozen before nginx, three API processes, a worker, PostgreSQL and Redis; writes docs/load.md
	@scripts/load

lighthouse: setup ## Measure home, listing and product in the browser; writes docs/lighthouse.md
	@scripts/lighthouse

screenshots: setup ## Take the README's pictures of the app
	@scripts/screenshots

deployments: setup ## Check the set-ups under deploy/ as far as that goes without their platforms
	@scripts/app
	cargo build --locked --bin novashop
	@scripts/deployments target/debug/novashop

demo: ## Fill the database with the demo catalogue
	cargo run --release --locked --bin novashop -- demo
