"""Reading: from texts to values, with everything that is wrong told at once, by file, line and key."""
