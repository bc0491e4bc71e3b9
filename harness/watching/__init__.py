"""What is seen while boots go on, and how long they may take."""
