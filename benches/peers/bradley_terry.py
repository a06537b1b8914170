#!/usr/bin/env python3
"""The same duels fitted by prospect and by choix, timed in one run.

    pip install choix
    python benches/peers/bradley_terry.py target/release/prospect PEERS

PEERS is the program of benches/peers, which run.sh builds; the fit is a part of
prospect that has no command of its own. Both get the same list of answers, drawn
from a Bradley-Terry model, and look for the same optimum: the likelihood times a
normal prior of each strength (choix calls its precision 2 alpha). Ties, which
choix does not know, are ruled out. What is timed is the way from the list to the
strengths, in a running process; the median of several runs.
"""

import importlib.metadata
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import choix
import numpy as np

# How far two strengths may lie apart, in logits, to count as the same.
TOLERANCE = 1e-3
SIZES = [(30, 120), (100, 600), (300, 2000)]
# The prior of prospect: a standard deviation of 2.4 logits.
ALPHA = 1 / (2 * 2.4**2)


def answers(ideas, duels):
    """Winners and losers of duels between any two ideas."""
    random = np.random.default_rng(7)
    strengths = random.normal(0, 2.4, ideas)
    pairs = (random.choice(ideas, 2, replace=False) for _ in range(duels))
    wins = lambda a, b: random.random() < 1 / (1 + np.exp(strengths[b] - strengths[a]))
    return [(int(a), int(b)) if wins(a, b) else (int(b), int(a)) for a, b in pairs]


def timed(work, runs):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - began)
    return sorted(times)[runs // 2], result


def height(strengths, data):
    """The logarithm of likelihood times prior."""
    winners, losers = np.array(data).T
    margins = strengths[winners] - strengths[losers]
    return -np.logaddexp(0, -margins).sum() - ALPHA * (strengths**2).sum()


def main():
    peers = sys.argv[2] if len(sys.argv) > 2 else sys.exit(__doc__)
    print(f"Strengths from duels, beside choix {importlib.metadata.version('choix')}\n")
    print("| ideas, duels | program | time | beside prospect | furthest strength | below the best summit |")
    print("|---|---|---|---|---|---|")
    for ideas, duels in SIZES:
        data = answers(ideas, duels)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "duels.json"
            path.write_text(json.dumps({"ideas": ideas, "alpha": ALPHA, "duels": data}))
            output = subprocess.run([peers, "fit", path], check=True, capture_output=True).stdout
        ours = json.loads(output)
        found = [("prospect", ours["seconds"], np.array(ours["strengths"]))]
        # As precise as both can be, and as choix stops by itself.
        for method, tolerance in [("Newton-CG", 1e-8), ("Newton-CG", 1e-5), ("BFGS", 1e-5)]:
            fit = lambda: choix.opt_pairwise(ideas, data, ALPHA, method=method, tol=tolerance)
            seconds, strengths = timed(fit, 3)
            found.append((f"choix {method}, tol {tolerance:g}", seconds, strengths))
        best = max(height(strengths, data) for _, _, strengths in found)
        for name, seconds, strengths in found:
            ratio = seconds / ours["seconds"]
            apart = np.abs(strengths - found[0][2]).max()
            same = "" if apart <= TOLERANCE else ", another place"
            print(
                f"| {ideas}, {duels} | {name} | {seconds * 1000:.2f} ms | {ratio:.1f} × "
                f"| {apart:.1e}{same} | {best - height(strengths, data):.1e} |"
            )


if __name__ == "__main__":
    main()
