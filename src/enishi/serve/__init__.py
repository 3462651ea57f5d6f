"""The edge: Voilà closed and calmed, its kernels, its pages, the command line.

`cli` starts everything; `app.Workbook` is the server. Nobody imports this package but its entry
point and its tests.
"""

import sys

# Jupyter checks its events with jsonschema, which asks for this and does without it where it is
# not installed. To import it makes 38 grammars of international addresses: one to four seconds
# before anybody sees a page, for a check that nothing here asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: cannot be imported
