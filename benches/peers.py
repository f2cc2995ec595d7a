#!/usr/bin/env python3
"""datasketch and rensa on the same articles: articles per second on one thread, and their links on a labelled bed.

    benches/peers.py [--rounds N] [--articles N] [--predictions FOLDER] FILE.jsonl[.gz] ...

Settings: datasketch, 128 permutations, threshold .5; rensa, R-MinHash, 128 permutations, 32 bands, threshold .6; both on
5-word shingles of lower-case words. An article is a copy of the most similar earlier one of which the estimated Jaccard
reaches the threshold. --predictions writes NAME.jsonl per engine in the form that score.py and
`evaluate near --beside NAME=FILE` read; give the bed alone then. The packages are put into target/peers at the first run.
"""

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import time

PACKAGES = ["datasketch==2.0.0", "rensa==0.5.0"]
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, "target", "peers", "venv")
SHINGLE, PERMUTATIONS = 5, 128
WORD = re.compile(r"\w+")


def enter_venv():
    """Runs this script again with the interpreter of the virtual environment, which is made if it is not there."""
    python = os.path.join(FOLDER, "bin", "python")
    if os.path.abspath(sys.prefix) == FOLDER:
        return
    done = os.path.join(FOLDER, "installed")
    wanted = "\n".join(PACKAGES)
    if not os.path.exists(done) or open(done).read() != wanted:
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        with open(done, "w") as file:
            file.write(wanted)
    os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])


def read(paths, most):
    articles = []
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                articles.append((article["id"], article["body"] if "body" in article else article["text"]))
    return articles[:most]


def shingles(text):
    """A text of fewer words is one shingle."""
    words = WORD.findall(text.lower())
    size = max(1, min(SHINGLE, len(words)))
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


class Datasketch:
    name, threshold = "datasketch", 0.5

    def __init__(self):
        import datasketch

        self.minhash = datasketch.MinHash
        self.index = datasketch.MinHashLSH(threshold=self.threshold, num_perm=PERMUTATIONS)
        self.signatures = []

    def decide(self, text):
        signature = self.minhash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode() for shingle in shingles(text)])
        found = [(signature.jaccard(self.signatures[number]), -number) for number in self.index.query(signature)]
        # The index holds keys alone; signatures are kept for the comparison above.
        self.index.insert(len(self.signatures), signature)
        self.signatures.append(signature)
        return best(found, self.threshold)


class Rensa:
    name, threshold = "rensa", 0.6

    def __init__(self):
        import rensa

        self.minhash = rensa.RMinHash
        self.index = rensa.RMinHashLSH(threshold=self.threshold, num_perm=PERMUTATIONS, num_bands=32)
        self.signatures = []

    def decide(self, text):
        signature = self.minhash(num_perm=PERMUTATIONS, seed=42)
        signature.update(list(shingles(text)))
        found = [(signature.jaccard(self.signatures[number]), -number) for number in self.index.query(signature)]
        self.index.insert(len(self.signatures), signature)
        self.signatures.append(signature)
        return best(found, self.threshold)


def best(found, threshold):
    """The most similar one, of equals the earliest: (number, similarity), or None."""
    similarity, number = max(found, default=(0.0, 0))
    return (-number, similarity) if found and similarity >= threshold else None


def measure(engine_class, articles):
    engine = engine_class()
    start = time.perf_counter()
    links = [engine.decide(text) for _, text in articles]
    return len(articles) / (time.perf_counter() - start), links


def write(path, articles, links):
    with open(path, "w") as file:
        for (name, _), link in zip(articles, links):
            of, similarity = (articles[link[0]][0], link[1]) if link else (None, None)
            file.write(json.dumps({"id": name, "dup_of": of, "sim": similarity}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3, help="rounds in turns (3)")
    parser.add_argument("--articles", type=int, metavar="N", help="the first N articles alone")
    parser.add_argument("--predictions", metavar="FOLDER", help="write the links of the last round there")
    options = parser.parse_args()
    articles = read(options.files, options.articles)
    engines = [Datasketch, Rensa]
    rates = {engine.name: [] for engine in engines}
    for _ in range(max(1, options.rounds)):
        for engine in engines:
            rate, links = measure(engine, articles)
            rates[engine.name].append(rate)
            if options.predictions:
                write(os.path.join(options.predictions, engine.name + ".jsonl"), articles, links)
    print(f"{len(articles)} articles; articles/s on one thread, median (least, most) of {max(1, options.rounds)} rounds")
    for name, all_rates in rates.items():
        print(f"{name:<12} {statistics.median(all_rates):>8.0f} ({min(all_rates):.0f}, {max(all_rates):.0f})")


if __name__ == "__main__":
    # One thread: numpy's libraries would start more.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    enter_venv()
    main()
