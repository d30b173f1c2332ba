"""The register: regions, themes, organisations, priorities, and the projects of 2017.

Where a source is silent the column is empty, and pages show that it is unknown. Rows that were made up for a
demonstration are marked `invented`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class RegisterPack(models.Model):
    """A pack of register facts as it was loaded: which version, from which bytes, with which credits."""

    id = models.SlugField(primary_key=True)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    credits = models.JSONField(default=list)


class Region(models.Model):
    """A NUTS region of any level, from the country (0) down to NUTS3 (3)."""

    code = models.CharField(primary_key=True, max_length=5)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    name_sv = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    path = models.TextField(blank=True)

    class Meta:
        """A code has two letters for the country and one character for each level."""

        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(level__lte=3), name="region_level_0_to_3")]


class Theme(models.Model):
    """A sector or theme that priorities and projects are coded to; the list is Samspel's own."""

    code = models.SlugField(primary_key=True)
    position = models.PositiveSmallIntegerField()
    name_sv = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)

    class Meta:
        """In the order of the pack."""

        ordering: ClassVar = ["position"]


class Organisation(models.Model):
    """An organisation or node. `region` is the node's own; `host` the legal person behind it, where known."""

    id = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="organisations")
    host = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="nodes")
    theme = models.CharField(max_length=200, blank=True)
    theme_basis = models.CharField(max_length=20, blank=True)
    themes = models.ManyToManyField(Theme, related_name="organisations")
    listed = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)

    class Meta:
        """A fact about a real organisation has a source."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(invented=True) | ~Q(source=""), name="real_organisation_has_source")
        ]


class Priority(models.Model):
    """A region's smart-specialisation priority as its source words it, with vintage and coding."""

    id = models.SlugField(primary_key=True, max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="priorities")
    name_sv = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20)
    vintage = models.CharField(max_length=100)
    source = models.TextField()
    themes = models.ManyToManyField(Theme, related_name="priorities")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        """By region; a priority has a name in at least one language, and a source."""

        ordering: ClassVar = ["region", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name_sv="") | ~Q(name_en=""), name="priority_has_a_name"),
            models.CheckConstraint(condition=~Q(source=""), name="priority_has_source"),
        ]


class PastProject(models.Model):
    """A project that was granted before Samspel, as far as the sources tell; `not_found` says what they do not."""

    id = models.SlugField(primary_key=True, max_length=80)
    name = models.CharField(max_length=200)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="past_projects")
    partners = models.ManyToManyField(Organisation, related_name="past_projects")
    partners_known = models.CharField(max_length=10)
    total_budget_sek = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    period = models.CharField(max_length=60, blank=True)
    not_found = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        """By name."""

        ordering: ClassVar = ["name"]
