"""A boot: its media, the kernels of Linux, the process of the emulator, and what it printed as events."""
