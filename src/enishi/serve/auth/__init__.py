"""Who may come in, by which address, and whose a kernel is."""
