"""What belongs together is all there: a verb with permission, action, sentence and command; a word with its pattern.

When something is missing, the test names it and the file where it goes.
"""

from __future__ import annotations

import ast
import re
from importlib import import_module

import pytest
from django.apps import apps

from samspel.engine import lifecycles, permissions
from samspel.engine.calls import vocabulary
from samspel.wording.say import catalogue
from tests.house.places import ROOT

VERBS = [edge.verb for edge in lifecycles.EDGES]
LIFE = (
    "registry",
    "accounts",
    "journal",
    "calls",
    "constellations",
    "applications",
    "assessment",
    "selection",
)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_everything_that_belongs_to_it(verb: str):
    noun, _, name = verb.partition(".")
    assert verb in permissions.BY_VERB, f"{verb} has no row in engine/permissions.py"
    assert f"journal.{verb}" in catalogue(), f"journal.{verb} has no sentence in wording/sentences/journal.toml"
    performed = {
        argument.value
        for call in ast.walk(ast.parse((ROOT / f"src/samspel/actions/{noun}.py").read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "performing"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    assert verb in performed, f"no function in actions/{noun}.py performs {verb}"
    group = getattr(import_module(f"samspel.cli.{noun}"), noun)
    assert name.replace("_", "-") in group.commands, (
        f"samspel {noun} {name.replace('_', '-')} is missing in cli/{noun}.py"
    )


def test_no_permission_and_no_action_without_an_edge():
    assert sorted(permissions.BY_VERB) == sorted(VERBS)


def test_every_state_is_worded():
    for noun, states in lifecycles.STATES.items():
        for state in states:
            assert f"{noun}-state.{state}" in catalogue(), f"{noun}-state.{state} in wording/sentences/terms.toml"
            assert f"state.{state}" in catalogue(), f"state.{state} in wording/sentences/refusals.toml"


def test_every_relation_and_role_is_worded():
    for relation in permissions.Relation:
        if relation is not permissions.Relation.NONE:
            assert f"permission.{relation}" in catalogue()
    for role in permissions.Role:
        assert f"role.{role}" in catalogue()


WORDS = {
    "measure": vocabulary.MEASURES,
    "test": vocabulary.TESTS,
    "comparison": vocabulary.COMPARISONS,
    "composition": vocabulary.COMPOSITIONS,
    "noun": tuple(vocabulary.NOUNS),
    "quantity": vocabulary.QUANTITIES,
    "fact": tuple(vocabulary.FACTS),
    "over": vocabulary.OVER,
    "level": vocabulary.LEVELS,
    "group": vocabulary.GROUPS,
    "attribute": tuple({name for known in vocabulary.ATTRIBUTES.values() for name in known}),
}
TEXTS = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "calls").glob("*/*.toml")))


@pytest.mark.parametrize("sort, word", [(sort, word) for sort, words in WORDS.items() for word in sorted(words)])
def test_each_word_of_the_language_is_shown_in_a_pattern_or_a_call(sort: str, word: str):
    as_key = re.search(rf"[{{,.\s]{re.escape(word)}\s*=", TEXTS)
    assert as_key or f'"{word}"' in TEXTS, f"{sort} {word} stands in no text of calls/: show it in a pattern"


@pytest.mark.parametrize("noun", sorted(vocabulary.NOUNS))
def test_each_noun_has_attributes_to_pick_by(noun: str):
    assert vocabulary.NOUNS[noun].collection in vocabulary.ATTRIBUTES


def test_foreign_keys_point_back_along_the_life_of_a_call():
    for model in apps.get_app_config("store").get_models():
        here = model.__module__.rpartition(".")[2]
        for field in model._meta.get_fields():
            if field.many_to_one and field.related_model is not None:
                there = field.related_model.__module__.rpartition(".")[2]
                assert LIFE.index(there) <= LIFE.index(here), f"{model.__name__}.{field.name} points ahead, to {there}"


def test_the_reference_is_what_the_code_says():
    from tools import reference

    assert reference.stale() == [], "run `python tools/reference.py`"
