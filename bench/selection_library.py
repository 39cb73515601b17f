"""Run by `selection.py` in an environment that has `sortition-algorithms`: pool in, figures out."""

import json
import sys
import time

from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings


def main() -> None:
    pool = json.load(sys.stdin)
    heads = ["feature", "value", "min", "max"]
    rows = [
        {"feature": key, "value": value, "min": str(low), "max": str(high)}
        for key, values in pool["quotas"].items()
        for value, (low, high) in values.items()
    ]
    features, _, _ = read_in_features(heads, rows, pool["seats"])
    settings = Settings(id_column="id", columns_to_keep=[])
    people, _ = read_in_people(list(pool["people"][0]), pool["people"], features, settings)
    started = time.process_time()
    panels, weights, _ = find_distribution_maximin(features, people, pool["seats"], [], "highspy")
    seconds = time.process_time() - started
    chances = dict.fromkeys(people, 0.0)
    for panel, weight in zip(panels, weights, strict=True):
        for person in panel:
            chances[person] += weight
    answer = {"seconds": seconds, "smallest_chance": min(chances.values())}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
