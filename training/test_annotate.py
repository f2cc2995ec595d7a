"""Tests of training/annotate on articles that we invent: python3 training/test_annotate.py"""

import importlib.machinery
import importlib.util
import os
import unittest

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotate")
loader = importlib.machinery.SourceFileLoader("annotate", path)
annotate = importlib.util.module_from_spec(importlib.util.spec_from_loader("annotate", loader))
loader.exec_module(annotate)

TEXT = ("Lund mayor opens Lund Bridge\nMayor Ida Lund of Lund opened the Lund Bridge on Monday. "
        "“Bergen\u00a0Port’s ships pay,” J. R. Moen of the Vessel Board said. Turkey was served.\n")


def surfaces(spans):
    return [(TEXT[a:b], kind) for a, b, kind in spans]


class Resolving(unittest.TestCase):
    def test_line_items_win_over_stars_and_longer_stars_over_shorter(self):
        spans, errors = annotate.resolve(TEXT, [("Lund", "LOC"), ("Lund Bridge", "LOC")], {1: [("Ida Lund", "PER")]})
        self.assertEqual(errors, [])
        self.assertEqual(surfaces(spans), [("Lund", "LOC"), ("Lund Bridge", "LOC"), ("Ida Lund", "PER"),
                                           ("Lund", "LOC"), ("Lund Bridge", "LOC")])

    def test_white_space_and_quotes_match_their_variants(self):
        spans, errors = annotate.resolve(TEXT, [("Bergen Port's", "ORG")], {})
        self.assertEqual((surfaces(spans), errors), ([("Bergen\u00a0Port’s", "ORG")], []))

    def test_refuses_part_of_a_word_wrong_order_and_unknown_lines(self):
        _, errors = annotate.resolve(TEXT, [("Berg", "LOC")], {1: [("Lund Bridge", "LOC"), ("Ida Lund", "PER")], 9: [("X", "PER")]})
        self.assertEqual(len(errors), 3, errors)

    def test_no_line_cut_after_an_initial(self):
        ends = [TEXT[a:b] for a, b, _ in annotate.units(TEXT)]
        self.assertEqual(ends[-2:], ["“Bergen\u00a0Port’s ships pay,” J. R. Moen of the Vessel Board said.", "Turkey was served."])


class Warning(unittest.TestCase):
    def test_uncovered_capitals_are_reported_and_silenced(self):
        spans, _ = annotate.resolve(TEXT, [("Lund", "LOC")], {})
        said = " ".join(m for _, m in annotate.warnings(TEXT, spans, {"bergen"}))
        self.assertIn("Vessel Board", said)
        self.assertIn("J. R. Moen", said)
        spans, _ = annotate.resolve(TEXT, [("Vessel Board", "O")], {})
        self.assertNotIn("Vessel Board", " ".join(m for _, m in annotate.warnings(TEXT, spans, set())))

    def test_a_name_missed_elsewhere_and_a_title_inside(self):
        spans, _ = annotate.resolve(TEXT, [], {0: [("Lund", "LOC")], 1: [("Mayor Ida Lund", "PER")]})
        said = " ".join(m for _, m in annotate.warnings(TEXT, spans, set()))
        self.assertIn("'Lund' is a name elsewhere", said)
        self.assertIn("title belongs outside", said)


class Stored(unittest.TestCase):
    def test_check_finds_changed_texts_overlaps_and_cut_words(self):
        texts = type("Texts", (), {"texts": {"x": TEXT}, "__getitem__": lambda self, i: self.texts[i]})()
        row = {"article": "x", "sha256": annotate.digest(TEXT), "range": [0, len(TEXT)], "mentions": [[0, 4, "LOC"]]}
        self.assertEqual(annotate.problems(row, texts), [])
        for wrong in ([[0, 3, "LOC"]], [[0, 4, "LOC"], [2, 6, "LOC"]], [[0, 4, "TOWN"]], [[0, 5, "LOC"]]):
            self.assertTrue(annotate.problems({**row, "mentions": wrong}, texts), wrong)
        self.assertTrue(annotate.problems({**row, "sha256": "0"}, texts))

    def test_agreement_counts_exact_spans_with_type(self):
        both = {"x": ({"mentions": [[0, 4, "LOC"], [5, 9, "PER"]]}, {"mentions": [[0, 4, "LOC"], [5, 9, "ORG"]]})}
        self.assertEqual(annotate.score(both, annotate.TYPES), (1, 2, 2, 50.0))


if __name__ == "__main__":
    unittest.main()
