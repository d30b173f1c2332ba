"""The journal's rows: one for every write, each carrying the digest of the one before. They are never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samspel.store.models.accounts import Person


class JournalEntry(models.Model):
    """Who did what to what, when, and how it stood before and after."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    before = models.JSONField()
    after = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """Newest last; found by what it is about."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["noun", "subject"], name="journal_by_subject")]


class JournalHead(models.Model):
    """The last entry's number and digest, in one row that is locked while the next is written."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        """There is one head."""

        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_journal_head")]
