"""People who sign in, and the seats they hold: a role for an organisation, a region or the authority."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from samspel.store.models.registry import Organisation, Region


class PersonManager(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person who signs in with this address; without a password sign-in by password is closed."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Nothing is kept but a name, an address and a language."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """The name, for sign-in pages."""
        return self.name or self.email


class SeatHeld(models.Model):
    """A role that a person holds for an organisation or a region."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="seats")
    region = models.ForeignKey(Region, null=True, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        """A seat is held once: for an organisation, for a region, or for neither."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(organisation__isnull=False, region__isnull=True),
                name="seat_held_once_for_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "region"],
                condition=Q(organisation__isnull=True, region__isnull=False),
                name="seat_held_once_for_a_region",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(organisation__isnull=True, region__isnull=True),
                name="seat_held_once_for_neither",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(region__isnull=True), name="seat_for_one_thing"
            ),
        ]
