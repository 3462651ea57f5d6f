"""Earlier imports that still stand, so that each can be taken back."""

from __future__ import annotations

from sqlalchemy import or_, select

from enishi.book.book import Book
from enishi.book.journal import ChangeSet
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
    taken_back: set[str] = set()
    standing = []
    for call in (ChangeSet(*row) for row in rows):
        if call.batch in taken_back:
            continue
        if call.undoes is not None:
            taken_back.add(call.undoes)
        elif call.size:
            standing.append(call)
    return standing
