"""Tables of a run, and runs held against each other."""
