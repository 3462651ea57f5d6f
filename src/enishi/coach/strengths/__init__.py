"""Strengths: claim and evidence, growth, and the self-introduction made of them."""
