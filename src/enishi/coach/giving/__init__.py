"""Giving: small gifts, the three questions before a give, and promises."""
