"""How well texts are read: promises, dates, wishes, drafts, solicitation and matches.

python bench/language.py [KIND ...] [--part open held unread] [--misses 20]

Runs each detector over its labelled texts (`tests/language/texts`) and prints recall, precision,
false alarms, owners and days, and the time a text; with `--misses`, texts read wrongly.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from labelled_texts import KINDS, PARTS, measure, read_labelled  # noqa: E402

HELD = ("promises", "dates", "solicitation")
"""Kinds of which texts are kept aside."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--part", nargs="+", choices=(*PARTS, "held"), default=list(PARTS))
    parser.add_argument("--misses", type=int, default=0)
    chosen = parser.parse_args()
    for part in chosen.part:
        for kind in chosen.kinds or (HELD if part == "held" else KINDS):
            texts = read_labelled(part, kind)
            measure(kind, texts)  # compiles patterns, reads files
            begun = time.perf_counter()
            figures, misses = measure(kind, texts)
            each = (time.perf_counter() - begun) / len(texts) * 1000
            says = ", ".join(f"{name} {value:.1%}" for name, value in figures.items())
            print(f"{part:7} {kind:13} {len(texts):4} texts  {says}, {each:.2f} ms a text")
            for miss in misses[: chosen.misses]:
                print("   ", miss)


if __name__ == "__main__":
    main()
