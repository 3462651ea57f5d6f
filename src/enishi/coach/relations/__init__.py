"""What has happened with each person, and how far that has come."""
