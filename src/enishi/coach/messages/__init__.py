"""Messages: drafts, the issues found in them, and the right time for a request."""
