"""The domain: a person's book, what the coach says of it, files in and out, words."""
