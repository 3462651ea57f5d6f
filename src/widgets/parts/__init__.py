"""Base classes that several sheets share: choosing a person, giving reasons, past reviews."""
