"""Strengths: claim and evidence, voices, growth, hobbies, and the self-introduction."""
