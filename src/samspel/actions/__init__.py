"""Every write: one verb, one function. Who did it and when are always given; nothing is written elsewhere."""
