"""The command line: `enishi`, its commands and their options."""
