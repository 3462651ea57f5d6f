"""The sheets of a group session: of a participant, of whoever leads, and of the projector."""
