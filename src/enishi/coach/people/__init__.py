"""Views of people: search, the directory, and the state of a relationship."""
