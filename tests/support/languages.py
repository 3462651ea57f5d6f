"""Languages of a test that holds in both: `make test` takes one, `make check-all` the other too.

Half of the tests begin with each, so that `make test` speaks both.
"""

from __future__ import annotations

import pytest

FIRST_JAPANESE = ["ja", pytest.param("en", marks=pytest.mark.thorough)]
FIRST_ENGLISH = ["en", pytest.param("ja", marks=pytest.mark.thorough)]
