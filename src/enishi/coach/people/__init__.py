"""Looking people up: search, the directory, and how a relationship stands."""
