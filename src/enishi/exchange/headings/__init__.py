"""What the headings of contacts files mean: of the known programs, and of any table."""
