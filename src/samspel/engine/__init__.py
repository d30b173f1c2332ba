"""Everything that could be read aloud in a hearing: rules, verdicts, money, grades and selection.

Frozen values go in and reasoned answers come out. Nothing here knows the clock, the database or the web.
"""
