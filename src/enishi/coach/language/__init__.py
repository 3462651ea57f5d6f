"""Reading short texts: which day a phrase names, which words two texts share, lines and spans."""
