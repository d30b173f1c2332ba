"""Samspel's rows, one module for each noun, in the order of the call's life."""

from samspel.store.models.accounts import Person, SeatHeld
from samspel.store.models.applications import Application, ApplicationPart, Determination, Submission
from samspel.store.models.assessment import Assessment, GradeGiven
from samspel.store.models.calls import Call, Edition
from samspel.store.models.constellations import Constellation, Member
from samspel.store.models.journal import JournalEntry, JournalHead
from samspel.store.models.registry import Organisation, PastProject, Priority, Region, RegisterPack, Theme
from samspel.store.models.selection import Decision, Proposal

__all__ = [
    "Application",
    "ApplicationPart",
    "Assessment",
    "Call",
    "Constellation",
    "Decision",
    "Determination",
    "Edition",
    "GradeGiven",
    "JournalEntry",
    "JournalHead",
    "Member",
    "Organisation",
    "PastProject",
    "Person",
    "Priority",
    "Proposal",
    "Region",
    "RegisterPack",
    "SeatHeld",
    "Submission",
    "Theme",
]
