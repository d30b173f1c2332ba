"""The pages: each shows plain data for one person and calls one action; no page holds a rule of the field."""
