"""Questions that wait for their day: each follows from a row, is asked once, and may be left.

What an answer changes is decided where it is read, with `enishi.coach.relations.answers`.
"""
