"""The network around a person: the nearest, their ties, and introductions between people."""
