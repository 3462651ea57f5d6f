"""The user's network: the nearest contacts, the ties among them, and introductions."""
