"""The history with each contact, and how far each tie has developed."""
