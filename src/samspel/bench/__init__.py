"""Benchmarks: Samspel beside a named peer on the same work, measured in one run; the command is `samspel bench`."""
