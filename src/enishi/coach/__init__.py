"""What the coach says: pure functions, frames in, frames or small frozen values out.

Draws nothing, reads no file and no database; `today` is passed in. The texts are in `data/words`
(`rules`, `coach`, `gives`, `drafts`, `studies`); a `Reason` carries the rule's key and the facts
that fill its sentence (`rules.reason.fill`).

Imports run in one direction, each package from those before it: language, rules, relations, goal,
strengths, giving, network, today, review, messages, people.
"""
