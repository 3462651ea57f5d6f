"""What is suggested today: the agenda, exclusions, priorities and the next action."""
