"""Earlier imports that still stand, so that each can be taken back."""

from __future__ import annotations

from sqlalchemy import or_, select

from enishi.book.book import Book
from enishi.book.journal import ChangeSet, live_calls
from enishi.book.tables import change

VERB = "import"


def imports(book: Book) -> list[ChangeSet]:
    """Return the imports that were not taken back, the last one first."""
    columns = (change.c.seq, change.c.batch, change.c.verb, change.c.at, change.c.undoes)
    query = select(*columns, change.c.size).where(
        change.c.owner == book.owner, or_(change.c.verb == VERB, change.c.undoes.is_not(None))
    )
    with book.reading() as connection:
        rows = connection.execute(query.order_by(change.c.seq.desc())).all()
    standing = live_calls(ChangeSet(*row) for row in rows)
    return [call for call in standing if call.undoes is None and call.size]
