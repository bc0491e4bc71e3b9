"""How exolab ends: its exit statuses, and the one exception that reaches the user."""

OK = 0
BAD = 1  # something was measured and is not as it should be
USAGE = 2  # nothing could be measured
INTERRUPTED = 130
DEFECT = 3  # of the harness itself
UNREAD = 141  # as a process killed by SIGPIPE


class Trouble(Exception):
    """Something the user can mend. The text is one line that says what is wrong and what to do; the exit status is USAGE."""
