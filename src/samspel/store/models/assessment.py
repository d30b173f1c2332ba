"""Assessments: one assessor's grades on an application, each with a written motivation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samspel.store.models.accounts import Person
from samspel.store.models.applications import Application


class Assessment(models.Model):
    """An assessor's work on an application, private until it is handed in."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="assessment")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, default="draft")
    revision = models.PositiveIntegerField(default=0)
    no_conflict = models.BooleanField(default=False)
    points = models.PositiveIntegerField(null=True)
    handed_in_at = models.DateTimeField(null=True)


class GradeGiven(models.Model):
    """One criterion's grade; empty until it is set."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="grades")
    criterion = models.CharField(max_length=60)
    grade = models.CharField(max_length=10, blank=True)
    motivation = models.TextField(blank=True)

    class Meta:
        """One grade for each criterion."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "criterion"], name="grade_once")]
