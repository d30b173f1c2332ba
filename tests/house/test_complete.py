"""What belongs together is all there: a verb with permission, action, sentence and command; a fact with its words.

When something is missing, the test names it and the file where it goes.
"""

from __future__ import annotations

import ast
from importlib import import_module

import pytest
from django.apps import apps

from samspel.engine import applications, constellations, lifecycles, permissions
from samspel.engine.calls import vocabulary
from samspel.engine.calls.text import Counting
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


@pytest.mark.parametrize("fact", sorted(vocabulary.FACTS))
def test_a_fact_has_its_words(fact: str):
    for way in ("more", "less", "state"):
        assert f"mend.{fact}.{way}" in catalogue(), f"mend.{fact}.{way} in wording/sentences/verdicts.toml"
    if vocabulary.FACTS[fact].unit != "money":
        assert f"measure.{fact}" in catalogue(), f"measure.{fact} in wording/sentences/verdicts.toml"


def test_each_fact_has_one_computer():
    nothing = Counting(counted_kinds=frozenset(), refused_kinds=frozenset(), level=2, source="")
    of_constellations = constellations.facts(constellations.Constellation(name="", theme="", members=()), nothing)
    of_applications = applications.facts(applications.Plan())
    assert not set(of_constellations) & set(of_applications)
    assert {**of_constellations, **of_applications}.keys() == vocabulary.FACTS.keys()


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
