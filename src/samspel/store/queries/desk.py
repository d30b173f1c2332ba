"""Reading for the managing authority's desk: the calls, a call at a glance, and an application to be examined.

Everything here is for officers and decision makers; for anybody else each question has no answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from samspel.engine import permissions
from samspel.engine.calls.text import said
from samspel.engine.permissions import AUTHORITY_ROLES, Part, Subject
from samspel.engine.registry import at_level
from samspel.engine.verdicts import Reason
from samspel.store.access import readable, visible_to
from samspel.store.models import Application, Assessment, Call, Proposal
from samspel.store.queries import journal
from samspel.store.queries.assessment import Graded, Sent, graded, sent
from samspel.store.queries.drafts import readable_text
from samspel.store.queries.registry import names
from samspel.store.snapshots.calls import call as call_text
from samspel.store.snapshots.judged import verdict_on
from samspel.store.snapshots.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from samspel.engine.calls.text import Call as CallText
    from samspel.engine.permissions import Actor
    from samspel.engine.verdicts import Verdict

CLOSE, PROPOSE, DECIDE = "calls.close", "selection.propose", "selection.decide"
EXAMINE = ("applications.confirm_eligible", "applications.find_ineligible")
