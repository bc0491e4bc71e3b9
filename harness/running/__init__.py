"""A run: which boots in which order, its folder, going on and reading it again, layouts and wall time."""
