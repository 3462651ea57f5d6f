"""What several sheets share: choosing a person, saying why, looking back."""
