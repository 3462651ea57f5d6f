"""Enishi's domain: a person's book, the coach, file import and export, texts."""
