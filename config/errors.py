"""What is wrong with the configuration, in one line.

In: nothing. Out: `ConfigurationError`. It stops the start; the command line prints its text and exits 1.
"""


class ConfigurationError(Exception):
    """One line naming the file or variable, the key, what was found and what is allowed."""
