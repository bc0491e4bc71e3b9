"""Traces: every instruction of one execution, folded and drawn."""
