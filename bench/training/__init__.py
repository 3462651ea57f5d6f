"""What the scripts that train weights share."""
