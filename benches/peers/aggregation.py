#!/usr/bin/env python3
"""The same aggregation in prospect and in its peers, timed in one run.

    pip install scikit-criteria pymcdm numpy
    python benches/peers/aggregation.py [target/release/prospect]

10,000 draws of weights and answers for 200 ideas with ranges. The peers score a
matrix of alternatives, so they are called once a draw (on fewer draws, scaled);
numpy alone shows what the arithmetic costs. Prospect is the whole command:
start, reading the file, draws, ranks, intervals, printing.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from pymcdm.methods import WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

IDEAS, DRAWS, PEER_DRAWS = 200, 10_000, 200
CRITERIA = ["simplicity", "generality", "longevity", "headroom", "strategy"]
WEIGHTS = np.array([0.15, 0.20, 0.20, 0.25, 0.20])


def workspace(low):
    ideas = []
    for i, row in enumerate(low):
        ratings = ", ".join(f"{c} = [{x}, {x + 2}]" for c, x in zip(CRITERIA, row))
        ideas.append(f'[[idea]]\ntitle = "Idea {i}"\nratings = {{ {ratings} }}\n')
    return "\n".join(ideas)


def timed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "target/release/prospect"
    random = np.random.default_rng(1)
    low = random.integers(0, 9, size=(IDEAS, len(CRITERIA)))

    def draw():
        answers = random.triangular(low, low + 1, low + 2)
        return answers, random.dirichlet(1 + 30 * WEIGHTS)

    def scikit_criteria():
        for _ in range(PEER_DRAWS):
            answers, weights = draw()
            WeightedSumModel().evaluate(mkdm(answers, [max] * 5, weights=weights))

    def pymcdm():
        # As it stands: no normalisation, the answers are on one scale already.
        method = WSM(normalization_function=lambda column, cost: column)
        for _ in range(PEER_DRAWS):
            answers, weights = draw()
            method.rank(method(answers, weights, np.ones(5)))

    def numpy():
        for _ in range(DRAWS):
            answers, weights = draw()
            np.argsort(-(answers @ weights))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ideas.toml"
        path.write_text(workspace(low))
        command = [program, "robust", "--json", str(path)]
        ours = min(timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5))
        answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    scale = DRAWS / PEER_DRAWS
    print(f"{answer['samples']} draws of {len(answer['ideas'])} ideas with ranges")
    print("| program | time |\n|---|---|")
    for name, seconds in [
        ("prospect robust --json, whole process", ours),
        ("numpy, draws and ranks only", timed(numpy)),
        (f"pymcdm WSM ({PEER_DRAWS} draws, scaled)", timed(pymcdm) * scale),
        (f"scikit-criteria WeightedSumModel ({PEER_DRAWS} draws, scaled)", timed(scikit_criteria) * scale),
    ]:
        print(f"| {name} | {seconds * 1000:.0f} ms |")


if __name__ == "__main__":
    main()
