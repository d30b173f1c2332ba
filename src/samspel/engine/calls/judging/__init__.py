"""Judging: from a call and a situation to findings, through filters, groups, numbers and what would mend them."""
