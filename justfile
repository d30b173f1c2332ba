# The commands of every day. Each is a plain command too: what stands under a name can be typed by hand.

python := ".venv/bin/python"

# what there is
default:
    @just --list

# make .venv as requirements.lock says
setup:
    @sh -c '. bin/_env' bin/setup

# set up, load the demo and serve it
demo *options:
    sh bin/demo {{ options }}

# the site on the database of DATABASE_URL (or the embedded one), reloading as files change
serve *options:
    {{ python }} -m django runserver --settings samspel.site.settings {{ options }}

# everything that can be judged without running the tests
check:
    sh bin/check

# the checks, then the tests; with arguments, that pytest run alone
test *arguments:
    sh bin/test {{ arguments }}

# mend what a machine can mend: format, import order, the catalogue's list of texts and its compiled form
fix:
    .venv/bin/ruff check --fix --quiet . || true
    .venv/bin/ruff format .
    {{ python }} tools/catalogue.py update
    {{ python }} tools/catalogue.py compile

# gather the pages' texts into the Swedish catalogue, and compile it
words:
    {{ python }} tools/catalogue.py update
    {{ python }} tools/catalogue.py compile

# bring the database up to date; `just migrate make` writes a new migration first
migrate make="":
    {{ if make == "make" { python + " -m django makemigrations store --settings samspel.site.settings" } else { "true" } }}
    {{ python }} -m django migrate --settings samspel.site.settings

# take the documentation's pictures anew
shots:
    sh bin/test tests/journeys --shots

# measure Samspel beside its peers
bench *names:
    .venv/bin/samspel bench {{ names }}

# pin the packages anew after pyproject.toml changed
lock:
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
        --no-emit-find-links --python-version 3.12 pyproject.toml --group dev --output-file requirements.lock
