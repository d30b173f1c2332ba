"""Nothing in the project tells of the machine it was written on, of where its packages were fetched, or of a secret."""

from __future__ import annotations

import re

from tests.house.places import ROOT, kept_files, name_of, text_of

PATHS = re.compile(r"(?<![\w.$}])/(?:work|root|home|Users|farm|tmp)/[A-Za-z0-9_.]+")
HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|(?:extra-)?index-url\s*=", re.IGNORECASE)
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[0-9A-Za-z-]{10,}"
    r"|django-insecure-[^\s\"']{20,}"
)
LOCK = ROOT / "requirements.lock"


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in kept_files():
        if "vendor" in path.parts:
            continue
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{name_of(path)}:{number}: {match.group(0)}")
    return found


def test_no_path_of_a_machine():
    found = _lines_with(PATHS)
    assert not found, "write the path from the project's folder, or let it be given:\n" + "\n".join(found)


def test_no_package_registry_is_named():
    found = _lines_with(HOSTS)
    assert not found, "leave the registry to whoever installs:\n" + "\n".join(found)


def test_no_secret():
    found = _lines_with(SECRETS)
    assert not found, "take it from the environment in samspel.site, and change it, for it is known now:\n" + "\n".join(
        found
    )


def test_the_lock_pins_and_hashes_every_package_and_names_no_place():
    lock = LOCK.read_text()
    packages = re.findall(r"^(\S+?)==(\S+)(?: ;.*?)? \\$", lock, re.MULTILINE)
    unpinned = [line for line in lock.splitlines() if re.match(r"\w", line) and not re.match(r"\S+==\S+.*\\$", line)]
    assert packages, "requirements.lock is empty; `just lock` makes it"
    assert not unpinned, f"without version or hash: {unpinned}; `just lock` makes the file anew"
    assert "://" not in lock, "requirements.lock names an address; `just lock` makes it without"
    assert not INDEX.search(lock), "requirements.lock names an index; `just lock` makes it without"
    assert any(name == "uv" for name, _ in packages), "bin/_env installs with the uv that requirements.lock pins"
