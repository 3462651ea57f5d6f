"""Copies of a book: sealed with a passphrase, made automatically, put back, and cleaned."""
