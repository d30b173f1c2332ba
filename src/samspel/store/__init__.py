"""How everything is remembered: the one Django app, its rows, and the only ways to read them."""
