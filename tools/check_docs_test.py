#!/usr/bin/env python3
"""What check_docs.py finds and lets pass, on texts of a few lines."""
import unittest

from check_docs import adr_faults, error_codes, errors_page, link_faults, path_faults, quote_faults

ADR = """# ADR 0001: One language

Accepted 2026-01-31.

**Context** a
**Options** b
**Decision** c
**Costs** d
**Revisit** e
"""


class Decisions(unittest.TestCase):
    def test_the_form_passes(self):
        self.assertEqual(adr_faults("docs/adr/0001-x.md", ADR), [])

    def test_a_missing_part_is_named(self):
        for word in ("Context", "Options", "Decision", "Costs", "Revisit"):
            faults = adr_faults("docs/adr/0001-x.md", ADR.replace(f"**{word}**", word))
            self.assertEqual(faults, [f"docs/adr/0001-x.md:1: has no **{word}**"])

    def test_title_state_and_order(self):
        self.assertIn("ADR NNNN", adr_faults("x", ADR.replace("# ADR 0001", "# Decision"))[0])
        self.assertIn("accepted", adr_faults("x", ADR.replace("Accepted 2026-01-31.", ""))[0])
        self.assertEqual(adr_faults("x", ADR.replace("Accepted 2026", "Superseded by 0011, 2026")), [])
        swapped = ADR.replace("**Costs** d\n", "").replace("**Options**", "**Costs** d\n**Options**")
        self.assertIn("another order", adr_faults("x", swapped)[0])


class Links(unittest.TestCase):
    def faults(self, text):
        return link_faults("docs/guide/a.md", text, lambda file: file in {"README.md", "docs/b.md"})

    def test_links_are_read_from_the_folder_of_the_page(self):
        self.assertEqual(self.faults("[r](../../README.md) [b](../b.md#part) [w](https://example.org) [h](#here)"), [])
        self.assertEqual(self.faults("x\n[r](README.md)"),
                         ["docs/guide/a.md:2: links to 'README.md', which is not there"])

    def test_code_is_no_link(self):
        self.assertEqual(self.faults("`[a](b)`\n```\n[c](d)\n```\n"), [])


class Quotes(unittest.TestCase):
    PAGE = "<!-- from a.cc -->\n```cpp\nint x;\nint y;\n```\n"

    def test_a_quote_stands_in_its_source(self):
        self.assertEqual(quote_faults("p.md", self.PAGE, {"a.cc": "// a\nint x;\nint y;\n"}.get), [])
        for source in ({"a.cc": "int x; int y;"}, {}):
            self.assertEqual(quote_faults("p.md", self.PAGE, source.get),
                             ["p.md:1: quotes what no longer stands in a.cc"])


class Paths(unittest.TestCase):
    def test_paths_of_one_machine_are_found(self):
        for line in ("cd /wo" "rk/main", "see (/ro" "ot/x)", "/wo" "rk/a"):
            self.assertEqual(len(path_faults("a.md", "ok\n" + line)), 1, line)

    def test_other_words_pass(self):
        for line in ("rooms/wo" "rk/x", "the wo" "rk/life", "../wo" "rk/x", "~/ro" "ot/"):
            self.assertEqual(path_faults("a.md", line), [], line)


class ErrorCodes(unittest.TestCase):
    def codes(self, text):
        return {code: message for code, (message, _) in error_codes({"a.cc": text}).items()}

    def test_every_way_an_error_is_made(self):
        for text in ('return invalid("a.bad", "it is bad", "mend it");',
                     'return fail(Kind::conflict,\n            "a.bad", "it is bad");',
                     'return std::unexpected(Error{Kind::invalid, "a.bad", "it is bad"});',
                     '{.kind = Kind::invalid, .code = "a.bad", .message = "it is bad"}',
                     'void stop(std::string code, std::string what);\n stop("a.bad", "it is " "bad");',
                     'void add(const F& f, std::string_view code);\n add(type.fields[at(1)], "a.bad", "it is bad");'):
            self.assertEqual(self.codes(text), {"a.bad": "it is bad"}, text)

    def test_keys_and_names_of_other_things_pass(self):
        self.assertEqual(self.codes('figure("flow.items", "Items"); .command = "record.set"; stop("a.csv");'), {})

    def test_the_page_shows_what_a_message_names(self):
        page = errors_page({"b.cc": 'invalid("b.x", fmt::format("\'{}\' is | {:>3}", a));', "a.cc": 'invalid("b.x", "")'})
        self.assertIn("| `b.x` | '...' is \\| ... | `a.cc`, `b.cc` |", page)


if __name__ == "__main__":
    unittest.main()
