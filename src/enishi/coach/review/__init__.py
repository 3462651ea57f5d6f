"""Reviews and previews: weeks, quarters, meetings and events."""
