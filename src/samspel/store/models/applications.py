"""Applications: their parts while they are written, the submission that freezes them, and what was determined."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from samspel.store.models.accounts import Person
from samspel.store.models.calls import Call, Edition
from samspel.store.models.constellations import Constellation


class Application(models.Model):
    """A constellation's application under one edition of the call."""

    constellation = models.OneToOneField(Constellation, on_delete=models.PROTECT, related_name="application")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20, default="draft")
    started_at = models.DateTimeField()

    class Meta:
        """In the order in which they were started."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["call", "state"], name="application_by_state")]


class ApplicationPart(models.Model):
    """One part of an application: its content, and a revision that every save raises by one."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=20)
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Each part exists once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "key"], name="part_once")]


class Submission(models.Model):
    """What was sent, word for word, with its digest and receipt. Amounts are in the call's currency."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="submission"
    )
    receipt = models.CharField(max_length=80, unique=True)
    received = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    snapshot = models.TextField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10)
    grant = models.DecimalField(max_digits=14, decimal_places=2)
    total_cost = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        """The grant is never more than the cost; received in one order within the call."""

        ordering: ClassVar = ["received"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grant__gte=0, grant__lte=F("total_cost")), name="grant_within_cost")
        ]


class Determination(models.Model):
    """What a case officer found on eligibility, with the reason in writing."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="determination"
    )
    eligible = models.BooleanField()
    motivation = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
