"""Constellations: who wants to apply together, under which theme, tied to which regional priorities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samspel.store.models.calls import Call
from samspel.store.models.registry import Organisation, Priority, Theme


class Constellation(models.Model):
    """Organisations forming round a lead for one call.

    `invented` marks what is made up for a demonstration: `all`, or only the `content` of the application.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="constellations")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=20, default="forming")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="constellations")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    priorities = models.ManyToManyField(Priority, related_name="constellations")
    revision = models.PositiveIntegerField(default=1)
    invented = models.CharField(max_length=10, blank=True)

    class Meta:
        """One name is used once in a call."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "name"], name="constellation_name_once")]


class Member(models.Model):
    """An organisation in a constellation; the lead is a member too."""

    constellation = models.ForeignKey(Constellation, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()

    class Meta:
        """An organisation is a member once; in the order in which they joined."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["constellation", "organisation"], name="member_once")]
