"""Strengths: claim and evidence, growth, and the self-introduction built from them."""
