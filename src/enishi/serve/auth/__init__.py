"""Who may enter, by which address, and which person owns a kernel."""
