"""The sheets of the settings: language, rules, the sample, the person’s own data."""
