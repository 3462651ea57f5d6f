"""The user's goal: whom to meet, where, and whether it is clear enough to act on."""
