"""What a person shows to a coach: chosen pages until a day, and the coach's comments on them.

A coach never opens a person's book. The person's own pages copy what was chosen, and nothing else,
into tables that the coach reads; withdrawing removes the copies.
"""
