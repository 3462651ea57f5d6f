"""Messages: drafts, what to notice in them, and when to ask for something."""
