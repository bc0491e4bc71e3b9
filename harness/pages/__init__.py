"""The report, and pages that are filled from the reference."""
