"""Verbs that put the others together, each with its own file."""
