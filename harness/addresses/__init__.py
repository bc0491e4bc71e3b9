"""Which function and line an address belongs to."""
