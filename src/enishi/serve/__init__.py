"""The server: Voilà with everything closed that we do not need, its kernels, pages and commands.

`cli` starts everything; `app.EnishiServer` is the server. Only the entry point and the tests import
this package.
"""

import sys

# Jupyter checks its events with jsonschema, which imports this package and works without it when it
# is not installed. The import builds 38 grammars of international addresses: one to four seconds
# before the first page, for a check that nothing here needs.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: cannot be imported
