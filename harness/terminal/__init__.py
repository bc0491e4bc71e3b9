"""A system by hand: its serial port on this terminal, gdb."""
