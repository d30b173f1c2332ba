"""Calls and their published editions. A draft may be replaced; an edition never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samspel.store.models.accounts import Person


class Call(models.Model):
    """A call and its draft text: the four files of its folder, by file name."""

    id = models.SlugField(primary_key=True, max_length=60)
    state = models.CharField(max_length=20, default="draft")
    draft = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """By id."""

        ordering: ClassVar = ["id"]


class Edition(models.Model):
    """A call's text as published: number, digest, files, and the second person who published it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    files = models.JSONField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        """Numbered from 1 within the call."""

        ordering: ClassVar = ["call", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="edition_number_once")]
