"""Selection: the portfolio proposed, the decision on it, and the outcome for each application."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samspel.store.models.accounts import Person
from samspel.store.models.applications import Application
from samspel.store.models.calls import Call


class Proposal(models.Model):
    """A portfolio that was computed and put forward, with everything it was computed from (`pool`, `result`)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=20, default="proposed")
    pool = models.JSONField()
    result = models.JSONField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    motivation = models.TextField(blank=True)

    class Meta:
        """Two different people; one proposal at a time waits for decision, and a call is decided once."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="decided_by_second_person"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state__in=["proposed", "decided"]), name="one_live_proposal"
            ),
        ]


class Decision(models.Model):
    """The outcome for one application: approved, rejected or dismissed, and why."""

    application = models.OneToOneField(Application, primary_key=True, on_delete=models.PROTECT, related_name="decision")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20)
    reasons = models.JSONField()
    points = models.PositiveIntegerField(null=True)
