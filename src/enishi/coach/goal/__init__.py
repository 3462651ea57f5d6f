"""The user's goal: the way to it, whom to meet and where."""
