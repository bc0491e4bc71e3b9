"""What a log says, and what of it is believed: verdicts, records, where they come from."""
