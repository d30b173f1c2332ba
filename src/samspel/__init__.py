"""Samspel runs calls in which regions work together, from the register of priorities to decided projects."""
