"""The small world as fixtures, one for each stage of a call's life; each begins where the one before it ends."""

from __future__ import annotations

import pytest

from tests.worlds.situations import Situation


@pytest.fixture
def register(db: None) -> Situation:
    """Give the register, the invented organisations, and an account for everybody."""
    situation = Situation.small()
    situation.load_register()
    return situation


@pytest.fixture
def drafted_call(register: Situation) -> Situation:
    """Draft the call; nobody has published it."""
    register.draft_call()
    return register


@pytest.fixture
def open_call(drafted_call: Situation) -> Situation:
    """Publish the call."""
    drafted_call.publish_call()
    return drafted_call


@pytest.fixture
def forming(open_call: Situation) -> Situation:
    """Let Alfa's constellation form: members, theme, priorities."""
    open_call.form()
    return open_call


@pytest.fixture
def drafted(forming: Situation) -> Situation:
    """Write Alfa's application, all parts, without submitting it."""
    forming.write()
    return forming


@pytest.fixture
def submitted(drafted: Situation) -> Situation:
    """Submit Alfa's, Delta's and Epsilon's applications."""
    drafted.submit_all()
    return drafted


@pytest.fixture
def eligible(submitted: Situation) -> Situation:
    """Find Alfa and Delta eligible, and Epsilon not."""
    submitted.determine_all()
    return submitted


@pytest.fixture
def assessed(eligible: Situation) -> Situation:
    """Hand in the assessments of Alfa (12 points) and Delta (4 points)."""
    eligible.assess_all()
    return eligible


@pytest.fixture
def proposed(assessed: Situation) -> Situation:
    """Close the call and propose Alfa."""
    assessed.close_call()
    assessed.propose()
    return assessed


@pytest.fixture
def decided(proposed: Situation) -> Situation:
    """Decide as proposed."""
    proposed.decide()
    return proposed
