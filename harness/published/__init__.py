"""The paper: its figures, ratios, claims and the verdicts on them."""
