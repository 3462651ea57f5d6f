"""A room: a group session that a facilitator leads and several people write in.

A room is a book of its own. Each participant's private book stays apart; only what they choose to
share is written into the room.
"""
