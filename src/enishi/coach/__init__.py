"""The coach: pure functions that take frames and return frames or small frozen values.

The coach draws nothing and reads no file and no database; the caller passes `today`. The texts
are in `data/words` (`rules`, `coach`, `gives`, `drafts`, `studies`). A `Reason` carries the key of
the rule and the facts that fill its sentence (`enishi.i18n.format_text`).

Imports run in one direction; each package imports only from those before it: language, rules,
relations, goal, strengths, giving, network, today, review, messages, people.
"""
