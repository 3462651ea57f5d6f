"""Parsing of short texts: dates in phrases, shared words, lists of lines and days off."""
