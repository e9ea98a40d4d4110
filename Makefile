# Every command a contributor needs. `make run` and `make test` work from a bare clone.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
PY := $(BIN)/python
CODE := src tests tools bench

.DEFAULT_GOAL := help
.PHONY: help run dev test quick check fix gen bench simulate doctor lock runtime tools browser clean client pictures new

help:           ## this list
	@sed -n 's/^\([a-z%-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: runtime    ## the product, from a bare clone to an address and logins
	@exec $(BIN)/potok up --parent $$PPID

dev: tools      ## the same for work on it: pages show failures, templates and styles are read anew
	@POTOK_DEV=1 exec $(BIN)/potok up --parent $$PPID

test: tools browser   ## every test
	@$(PY) -m pytest -n 2 --dist loadgroup

quick: tools    ## the tests that need no database
	@$(PY) -m pytest -q -n 2 tests/engine tests/house -m "not django_db" -x

check: tools    ## format, lint, types, floors, templates, generated files, migrations, catalogues, client
	@$(PY) tools/check.py

fix: tools      ## what a machine can mend
	@$(BIN)/ruff check -q --fix $(CODE)
	@$(BIN)/ruff format -q $(CODE)
	@$(PY) tools/catalogues.py

gen: tools      ## write the generated files
	@PYTHONPATH=. $(PY) tools/gen.py
	@$(PY) tools/catalogues.py

client:         ## build the client's files (needs Node; what it writes is committed)
	@cd client && npm ci --silent --no-audit --no-fund && npm run --silent build

pictures: tools browser ## draw the pictures of the README and the manual anew, from the demo company
	@PYTHONPATH=. $(PY) tools/pictures.py
	@PYTHONPATH=. $(PY) tools/manual_pictures.py
	@PYTHONPATH=. $(PY) tools/gen.py

new-%: tools    ## new-block | new-part | new-operation | new-decision NAME=…: the files it takes
	@$(PY) -m tools.new $* $(NAME)

bench: tools    ## side by side with the peers
	@$(PYTHON) tools/environment.py bench
	@! command -v npm >/dev/null || (cd bench/peers/node && npm ci --silent --no-audit --no-fund)
	@$(PY) -m bench

simulate: tools ## the engine in seeded universes for HOURS=1; one of them again, told call by call: SEED=… SIZE=…
	@$(PY) -m tests.simulation $(if $(SEED),--seed $(SEED)) $(if $(SIZE),--size $(SIZE)) $(if $(HOURS),--hours $(HOURS))

doctor: runtime ## what is wrong on this machine, and how to mend it
	@$(BIN)/potok doctor

lock:           ## make the lock files anew (needs uv, a developer's tool)
	@$(PYTHON) tools/lock.py

runtime:
	@test -n "$(PYTHON)" || { echo "Potok needs Python 3.11 or newer. Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/environment.py runtime

tools:
	@test -n "$(PYTHON)" || { echo "Potok needs Python 3.11 or newer. Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/environment.py dev

browser:
	@$(PYTHON) tools/browser.py
	@$(PYTHON) tools/neighbours.py

clean:          ## remove the environment, not the data
	@rm -rf .venv build
