"""What authors put on pages of their own: their text and their questions."""
