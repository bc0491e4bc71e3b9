"""The law between the emulators, and the events of the probe."""
