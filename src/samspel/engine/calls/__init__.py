"""Calls as code: the text of a call is read, checked, judged and explained from one dated, sourced file."""
