#!/usr/bin/env python3
"""The table of speeds: each row is measured beside a reference, in one run on
one machine. Prints it and writes build/bench.json. With words: the rows whose
name holds one of them."""
import json
import sys

import lab
from rows import ROWS


def reach_of(at_least, at_most, reference, unit):
    if at_least is not None:
        return f"≥ {at_least} ×"
    return f"≤ {at_most} ×" if reference is not None else f"≤ {at_most} {unit}"


def shown(figure, unit):
    return "" if figure is None else f"{figure:.0f}{unit}" if unit == "/s" else f"{figure:.3g} {unit}"


def measure(table, name, unit, at_least, at_most, function):
    measured, reference, ratio = function(table)
    figure = measured if ratio is None else ratio
    met = figure >= at_least if at_least is not None else figure <= at_most
    line = {"name": name, "measured": shown(measured, unit), "reference": shown(reference, unit),
            "ratio": None if ratio is None else round(ratio, 3),
            "reach": reach_of(at_least, at_most, reference, unit), "met": met}
    print("%-56s %12s %12s %9s  %-9s %s" % (name, line["measured"], line["reference"],
                                           "" if ratio is None else "%.2f ×" % ratio, line["reach"],
                                           "met" if met else "NOT MET"), flush=True)
    return line


def main():
    wanted = [r for r in ROWS if not sys.argv[1:] or any(word in r[0] for word in sys.argv[1:])]
    print("%-56s %12s %12s %9s  %s" % ("work", "measured", "reference", "ratio", "reach"))
    table = lab.Lab()
    try:
        lines = [measure(table, *r) for r in wanted]
    finally:
        table.close()
    with open("build/bench.json", "w") as f:
        json.dump(lines, f, indent=1, ensure_ascii=False)


main()
