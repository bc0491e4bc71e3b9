"""Figures, drawn by gnuplot from templates/."""
