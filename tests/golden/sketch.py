#!/usr/bin/env python3
"""A second implementation of the sketch and of the sketch log's records, to hold the first one to.

    python3 tests/golden/sketch.py            prints the sketches of texts.py as JSON
    python3 tests/golden/sketch.py --write    writes them to sketches.json, which tests/dedup_golden.rs compares
    python3 tests/golden/sketch.py --hashes   prints the values in the tests of src/dedup/hash.rs
    python3 tests/golden/sketch.py FILE       prints the sketches of a JSON list of texts

The Rust code never writes these values. Where the two disagree, one of them is wrong: find out which. If the sketch is
changed on purpose, change it here, too, raise ALGORITHM in both, and say in the change log that logs begin anew.

Standard library only. What a letter is comes from unicodedata instead of the tables of src/text/letters.rs; the golden
texts hold to characters on which every version from 14.0 on agrees.
"""

import json
import os
import sys
import unicodedata
from html.entities import html5

sys.dont_write_bytecode = True

import records
import texts

ALGORITHM = 2
MASK = 2**64 - 1
K = [0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3]

# --- hashes ---------------------------------------------------------------------------------------------------------


def fold(a, b):
    """The halves of the 128-bit product, one over the other."""
    product = (a & MASK) * (b & MASK)
    return (product & MASK) ^ (product >> 64)


def mix(value):
    return fold(value ^ K[0], K[1])


def little(data):
    return int.from_bytes(data, "little")


def hash_bytes(data):
    n = len(data)
    a = b = 0
    if n > 16:
        seed = K[2]
        # All whole blocks but the last, which the tail covers: it is the last 16 bytes, wherever they begin.
        for at in range(0, n - 16, 16):
            seed = fold(little(data[at:at + 8]) ^ K[1] ^ seed, little(data[at + 8:at + 16]) ^ K[3])
        a, b = little(data[-16:-8]) ^ seed, little(data[-8:])
    elif n > 8:
        a, b = little(data[:8]), little(data[-8:])
    elif n > 3:
        a, b = little(data[:4]), little(data[-4:])
    elif n > 0:
        a = little(bytes([data[0], data[n // 2], data[-1]]))
    return fold(fold(a ^ K[0], b ^ K[1] ^ n) ^ K[2], K[3])


def hash_sequence(hashes):
    """128 bits of hashes in order."""
    a, b, n = K[2], K[3], 0
    for value in hashes:
        a = fold(a ^ value, K[0])
        b = fold(((b << 23 | b >> 41) & MASK) ^ value, K[1])
        n += 1
    return fold(a ^ n, K[1] ^ b) << 64 | fold(b ^ K[0], ((a + K[2]) & MASK) ^ n)


FACTORS = [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5]


def shingle_hash(hashes):
    """32 bits of at most four word hashes in order."""
    return mix(sum(value * factor for value, factor in zip(hashes, FACTORS)) & MASK) >> 32


def name_hash(value):
    """24 bits of a word hash."""
    return mix(value) >> 40


# --- normalised words (src/text/normal.rs) --------------------------------------------------------------------------

ENTITIES = set(
    "Aacute Agrave Auml Ccedil Eacute Ntilde Oslash Ouml Uuml aacute acirc aelig agrave amp apos aring atilde auml bull "
    "ccedil copy eacute ecirc egrave euml euro gt hellip iacute icirc iuml laquo ldquo lsquo lt mdash nbsp ndash ntilde "
    "oacute ocirc oslash otilde ouml pound quot raquo rdquo reg rsquo shy szlig trade uacute ugrave uuml".split()
)
APOSTROPHES = "'\u2019\u2018\u02bc\uff07"
BREAKS = "\n\r.!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u2028\u2029"
INVISIBLE = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x200B, 0x200F), (0x2060, 0x2060), (0xFE00, 0xFE0F),
             (0xFEFF, 0xFEFF), (0xE0100, 0xE01EF)]
# Thai and Lao, Burmese, Khmer, New Tai Lue, then Han and kana.
UNSPACED = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x2E80, 0x2FDF), (0x3005, 0x3007),
            (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFD)]


def within(c, ranges):
    return any(first <= ord(c) <= last for first, last in ranges)


def invisible(c):
    return within(c, INVISIBLE)


def letter(c):
    """Letters, marks and numbers; what is not assigned counts, but for the code points that never will be."""
    kind = unicodedata.category(c)
    never = 0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE or ord(c) >= 0xE0000
    return not invisible(c) and (kind[0] in "LMN" or kind == "Cn" and not never)


def digit(c):
    return str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else None


def unspaced(c):
    return letter(c) and within(c, UNSPACED) and digit(c) is None


def lower(c):
    # One to one, and not the Turkish dotted capital I.
    return c.lower() if len(c.lower()) == 1 else c


def entity(name):
    if name.startswith("#"):
        base, number = (16, name[2:]) if name[1:2] in ("x", "X") else (10, name[1:])
        try:
            code = int(number, base) if number and set(number) <= set("0123456789abcdefABCDEF") else -1
        except ValueError:
            return None
        return chr(code) if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else None
    return html5[name + ";"] if name in ENTITIES else None


def characters(text):
    """The characters that a reader of the page sees, each with whether it stands as itself (and is no entity)."""
    seen, at = [], 0
    while at < len(text):
        if text[at] == "&":
            end = text.find(";", at + 1)
            if end > 0 and len(text[at + 1:end].encode()) < 9 and (c := entity(text[at + 1:end])) is not None:
                seen.append((c, False))
                at = end + 1
                continue
        seen.append((text[at], True))
        at += 1
    return seen


def words_of(text):
    """List of (normalised word, shape, after a break); shapes: number, capital, plain, pair."""
    seen = characters(text)
    chars = [c for c, _ in seen]
    found, at, fresh = [], 0, True

    def visible(i):
        while i < len(chars) and invisible(chars[i]):
            i += 1
        return i if i < len(chars) else None

    while at < len(chars):
        c = chars[at]
        if not letter(c):
            fresh = fresh or c in BREAKS
            at += 1
        elif unspaced(c):
            run = []
            while at < len(chars) and (unspaced(chars[at]) or invisible(chars[at])):
                if not invisible(chars[at]):
                    run.append(chars[at])
                at += 1
            for pair in (["".join(run)] if len(run) == 1 else map("".join, zip(run, run[1:]))):
                found.append(("".join(map(lower, pair)), "pair", fresh))
                fresh = False
        else:
            shape = "number" if digit(c) else "capital" if lower(c) != c else "plain"
            word = ""
            while at is not None and at < len(chars):
                c = chars[at]
                if letter(c):
                    if unspaced(c):
                        break
                    word += digit(c) or lower(c)
                    at += 1
                elif c in APOSTROPHES or invisible(c):
                    after = visible(at + 1)
                    if after is None or not letter(chars[after]):
                        break
                    at = after
                elif c in ".," and shape == "number" and word[-1] in "0123456789" and at + 1 < len(chars) and digit(chars[at + 1]):
                    tail = [bool(itself and digit(d)) for d, itself in seen[at + 1:at + 5]] + [False]
                    if c == "." or tail[:3] != [True] * 3 or tail[3]:
                        word += "."
                    at += 1
                else:
                    break
            found.append((word, shape, fresh))
            fresh = False
    return found


# --- the sketch (src/dedup/sketch) ----------------------------------------------------------------------------------

STOP_WORDS = set(
    "a about after all also an and any are as at be been before but by can could did do does for from had has have he her "
    "his i if in into is it its may more mr mrs ms new no not of on one or our out over said says she so than that the their "
    "then there these they this those to two up us was we were what when which while who will with would you your".split()
)
SHINGLE, PARTS, LEAD = 4, 8, 60


def sample(members, width, most):
    """`members`: (hash, flag, part) as often as they stand there, in order."""
    different = {}
    for value, flag, part in members:
        old_flag, first = different.get(value, (False, part))
        different[value] = (old_flag or flag, first)
    level = 0
    while sum(value < 2 ** (width - level) for value in different) > most:
        level += 1
    kept = sorted(value for value in different if value < 2 ** (width - level))
    return {"level": level, "members": [(value, *different[value]) for value in kept]}


def sketch(text):
    words = words_of(text)
    shapes = [shape for _, shape, _ in words]
    cased = 0 < shapes.count("capital") <= shapes.count("plain")
    hashes = [hash_bytes(word.encode()) for word, _, _ in words]
    number = [shape == "number" for shape in shapes]
    specific = [
        shape == "number"
        or cased and shape == "capital" and not fresh and len(word) > 1 and word not in STOP_WORDS
        for word, shape, fresh in words
    ]

    runs = max(len(words) - SHINGLE + 1, min(len(words), 1))
    ends = [runs * (part + 1) // PARTS for part in range(PARTS)]
    shingles = []
    for at in range(runs):
        # A text of less than four words is one run, in the first part.
        part = 0 if len(words) < SHINGLE else next(part for part, end in enumerate(ends) if at < end)
        run = slice(at, at + SHINGLE)
        shingles.append((shingle_hash(hashes[run]), any(specific[run]), part))

    kept = sample(shingles, 32, 48)
    text_keys = [value for value, _, _ in kept["members"]][:4]
    places = []
    for _ in range(2):
        # The least of the lead that are no keys yet; of a part, the least, unless it is a key already.
        lead = [value for value, _, _ in shingles[:LEAD] if value not in text_keys + places]
        places += [min(lead)] if lead else []
    for part in range(PARTS):
        least = min((value for value, _, where in shingles if where == part), default=None)
        if least is not None and least not in text_keys + places:
            places.append(least)

    return {
        "content": hash_sequence(hashes or [hash_bytes(text.encode())]),
        "size": min(len(kept["members"]) << kept["level"], len(shingles)),
        "cased": cased,
        "shingles": kept,
        "names": sample([(name_hash(h), n, 0) for h, n, s in zip(hashes, number, specific) if s], 24, 32),
        "places": places,
    }


# --- output ---------------------------------------------------------------------------------------------------------


def shown_sample(kept, digits):
    """Hash, `*` for the flag, part: as short as can be read."""
    members = " ".join(f"{value:0{digits}x}{'*' if flag else '-'}{part}" for value, flag, part in kept["members"])
    return {"level": kept["level"], "members": members}


def shown_sketch(made):
    return {
        "content": f"{made['content']:032x}",
        "size": made["size"],
        "cased": made["cased"],
        "shingles": shown_sample(made["shingles"], 8),
        "names": shown_sample(made["names"], 6),
        "places": " ".join(f"{value:08x}" for value in made["places"]),
    }


def golden():
    entries = []
    for text in texts.TEXTS:
        made = sketch(text["text"])
        words = [word for word, _, _ in words_of(text["text"])]
        shown = {key: value for key, value in text.items() if key != "text" or text["name"] != texts.BY_FORMULA}
        if len(words) <= 60:
            shown["words"] = words
        record = records.entry(ALGORITHM, text, made).hex()
        entries.append({**shown, "sketch": shown_sketch(made), "record": record})
    checkpoints = [{**kept, "record": records.checkpoint(ALGORITHM, kept).hex()} for kept in texts.CHECKPOINTS]
    return {"algorithm": ALGORITHM, "entries": entries, "checkpoints": checkpoints}


def main():
    arguments = sys.argv[1:]
    if arguments == ["--hashes"]:
        for text in texts.HASHED:
            print(f'("{text}", "{hash_bytes(text.encode()):016x}"),')
        for end in range(1, 6):
            print(f'"{hash_sequence(range(1, end)):032x}",')
        return
    if arguments and arguments != ["--write"]:
        with open(arguments[0], encoding="utf-8") as file:
            every = [{"words": [w for w, _, _ in words_of(t)], **shown_sketch(sketch(t))} for t in json.load(file)]
        json.dump(every, sys.stdout, ensure_ascii=False)
        return
    shown = json.dumps(golden(), ensure_ascii=False, indent=1) + "\n"
    if arguments:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sketches.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(shown)
    else:
        sys.stdout.write(shown)


if __name__ == "__main__":
    main()
