"""Rows become engine values here, one way only. Nothing maps back: a decision becomes rows in an action."""
