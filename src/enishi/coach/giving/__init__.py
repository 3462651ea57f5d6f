"""Giving: small gifts, the three questions before one, and promises."""
