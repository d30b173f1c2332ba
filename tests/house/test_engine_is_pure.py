"""The engine answers from what it is given: it reads no clock, no file it was not handed, no network and no chance.

It imports the standard library and itself; the solver and the simulator's counting may calculate with numpy besides.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.house.places import SOURCE, name_of

ENGINE = SOURCE / "engine"
SIMULATION = ENGINE / "simulation"
CALCULATING = {
    ENGINE / "selection" / "solve.py",
    *(
        SIMULATION / f"{name}.py"
        for name in ("census", "counting", "drawing", "grounds", "judging", "merging", "reach", "residues", "table")
    ),
}
# Reading a call's folder is handed a place and reads it; nothing else in the engine touches a file.
MAY_READ = {ENGINE / "calls" / "read.py", ENGINE / "calls" / "located.py", ENGINE / "calls" / "cases.py"}

IMPURE_MODULES = {
    *("asyncio", "ctypes", "getpass", "http", "importlib", "locale", "logging", "multiprocessing", "os", "platform"),
    *(
        "pickle",
        "random",
        "secrets",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "subprocess",
        "sys",
        "tempfile",
    ),
    *("threading", "time", "urllib", "uuid"),
}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob"}
TALKERS = {"print", "input", "breakpoint", "exec", "eval"}


def _modules(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def _calls(tree: ast.Module) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


FILES_OF_THE_ENGINE = sorted(ENGINE.rglob("*.py"))


def test_the_engine_is_there():
    assert FILES_OF_THE_ENGINE, f"no file under {name_of(ENGINE)}: has the engine moved?"


@pytest.mark.parametrize("path", FILES_OF_THE_ENGINE, ids=name_of)
def test_imports_the_standard_library_and_the_engine_alone(path: Path):
    wrong = set()
    for module in _modules(ast.parse(path.read_text())):
        top = module.split(".")[0]
        if module == "samspel.engine" or module.startswith("samspel.engine."):
            continue
        if (path in CALCULATING and top == "numpy") or (top in sys.stdlib_module_names and top not in IMPURE_MODULES):
            continue
        wrong.add(module)
    assert not wrong, f"{name_of(path)} imports {sorted(wrong)}: the engine is handed what it needs to know"


@pytest.mark.parametrize("path", FILES_OF_THE_ENGINE, ids=name_of)
def test_reads_no_clock_and_says_nothing(path: Path):
    calls = _calls(ast.parse(path.read_text()))
    wrong = calls & (CLOCKS | TALKERS | (set() if path in MAY_READ else FILES))
    assert not wrong, f"{name_of(path)} calls {sorted(wrong)}: give the engine the value as an argument"
