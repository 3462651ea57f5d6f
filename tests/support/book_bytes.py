"""Whether a text lies anywhere in the bytes of a book, as a file or as the tables of a server."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import URL, create_engine

from enishi.book.tables import metadata


def bytes_of(url: URL) -> bytes:
    """Return everything that lies in the person's folder, or in the tables on the server."""
    if url.get_backend_name() == "sqlite":
        folder = Path(str(url.database)).parent
        return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [
            str(row)
            for table in metadata.tables
            for row in connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t').scalars()
        ]
    engine.dispose()
    return "\n".join(rows).encode()


def forms(text: str) -> list[bytes]:
    """Return how a text may be written in a file."""
    return [text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le")]


def found_in(url: URL, *texts: str) -> list[str]:
    """Return which of the texts lie there, in any form."""
    content = bytes_of(url)
    return [text for text in texts if any(form in content for form in forms(text))]
