"""Simulation: who could apply at all under a rule, counted exactly, and what becomes of it when the rule changes."""

from samspel.engine.simulation.census import Accept, Access, Census, NothingAccepted
from samspel.engine.simulation.estimating import Estimate, Holds
from samspel.engine.simulation.population import Population, PopulationError
from samspel.engine.simulation.reach import TooManyStates
from samspel.engine.simulation.table import End, Table
from samspel.engine.simulation.tallies import Blocks, BlocksWithout, Items, Largest, Meet, Tally, TallyError

__all__ = [
    "Accept",
    "Access",
    "Blocks",
    "BlocksWithout",
    "Census",
    "End",
    "Estimate",
    "Holds",
    "Items",
    "Largest",
    "Meet",
    "NothingAccepted",
    "Population",
    "PopulationError",
    "Table",
    "Tally",
    "TallyError",
    "TooManyStates",
]
