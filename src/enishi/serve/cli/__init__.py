"""The command line: `enishi` and what can be said after it."""
