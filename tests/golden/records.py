"""The records of the sketch log, written from the documentation of src/dedup/wire."""


def number(value):
    """Seven bits a byte, the lowest first; the highest bit of a byte says that another follows."""
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def signed(value):
    """0, -1, 1, -2, ... as 0, 1, 2, 3, ..."""
    return number(2 * value if value >= 0 else -2 * value - 1)


def article_id(text):
    plain = text
    form = 0
    if [len(group) for group in text.split("-")] == [8, 4, 4, 4, 12]:
        plain, form = text.replace("-", ""), 1
    if len(plain) == 32 and set(plain) <= set("0123456789abcdef"):
        return bytes([form]) + bytes.fromhex(plain)
    data = text.encode()
    return number(len(data) + 2) + data


def sample(kept, width, part_bits):
    members = kept["members"]
    bound = 2 ** (width - kept["level"])
    plain = max(bound // (len(members) + 1), 1).bit_length() - 1
    bits, after = [], 0
    for value, flag, part in members:
        gap = value - after
        bits += [1] * (gap >> plain) + [0]
        bits += [gap >> place & 1 for place in range(plain)]
        bits += [int(flag)]
        bits += [part >> place & 1 for place in range(part_bits)]
        after = value + 1
    bits += [0] * (-len(bits) % 8)
    packed = bytes(sum(bit << place for place, bit in enumerate(bits[at:at + 8])) for at in range(0, len(bits), 8))
    return bytes([kept["level"], len(members)]) + packed


def entry(algorithm, text, made):
    topic = text["topic"].encode()
    flags = (1 if made["cased"] else 0) | (2 if text["revision"] else 0)
    return b"".join([
        bytes([2, algorithm, flags]),
        signed(text["eventTime"]),
        made["content"].to_bytes(16, "little"),
        number(len(topic)) + topic,
        signed(text["partition"]),
        signed(text["offset"]),
        article_id(text["id"]),
        number(made["size"]),
        sample(made["shingles"], 32, 3),
        sample(made["names"], 24, 0),
        bytes([len(made["places"])]),
        *(key.to_bytes(4, "little") for key in made["places"]),
    ])


KINDS = ["exact", "near", "contained", "contains", "updated"]
CLUSTERS = ["own", "of", "other"]


def finding(offset, decision):
    if decision["finding"] == "original":
        return b"\0"
    if decision["finding"] == "template":
        return b"\1"
    cluster = CLUSTERS.index(decision["cluster"])
    out = bytes([2 + KINDS.index(decision["finding"]) | cluster << 4])
    for reference in [decision["of"]] + ([decision["first"]] if cluster == 2 else []):
        out += number(offset - reference["offset"]) + article_id(reference["id"])
    return out + b"".join(number(decision[key]) for key in ["covers", "covered", "novelNumbers"])


def checkpoint(algorithm, kept):
    out = bytes([3, algorithm]) + number(kept["first"]) + number(kept["end"] - kept["first"])
    out += number(len(kept["decisions"]))
    after = kept["first"]
    for decision in kept["decisions"]:
        offset = decision["offset"]
        out += number(offset - after) + finding(offset, decision)
        out += bytes([len(decision["shared"]), *decision["shared"]])
        after = offset + 1
    return out
