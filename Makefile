# Everything a person needs: make run, make test. The rest is for those who work on Kurak.
SHELL := /bin/sh
export UV_SYSTEM_CERTS ?= 1
PORT ?= 8000
PY := .venv/bin/python

.PHONY: setup run test check bench load lock messages

setup: .venv/run.stamp

.venv/run.stamp: requirements/run.txt pyproject.toml
	@sh requirements/setup run

.venv/dev.stamp: requirements/dev.txt pyproject.toml
	@sh requirements/setup dev

run: setup  ## serve the platform with the sample region
	@PORT=$(PORT) .venv/bin/kurak serve

test: .venv/dev.stamp  ## every test, on SQLite and (where DATABASE_URL or a server is at hand) on PostgreSQL
	@sh tests/run

check: .venv/dev.stamp  ## style, types, contracts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy

bench: .venv/bench.stamp  ## side by side with peers; prints ratios
	@$(PY) -m bench

.venv/bench.stamp: requirements/bench.txt .venv/dev.stamp
	@sh requirements/setup bench

load: .venv/dev.stamp  ## the platform under load, on SQLite and PostgreSQL
	@$(PY) -m bench.load

lock:  ## write the hashed requirements anew
	@sh requirements/lock

messages: .venv/dev.stamp  ## collect translatable strings into the catalogues
	@.venv/bin/kurak messages
