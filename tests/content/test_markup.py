"""The inline subset as it is read: which marks there are, and what is text after all."""

from __future__ import annotations

from generator.content import markup


def test_plain_text_drops_marks_and_shows_titles() -> None:
    assert markup.plain("**a** `b` [c](https://d) [[e]] [[f|g]]", str.upper) == "a b c E g"


def test_references_are_found_everywhere() -> None:
    assert list(markup.references("[[a]] **[[b|x]]** `[[c]]`")) == ["a", "b"]


def test_a_link_to_another_scheme_is_a_complaint() -> None:
    assert list(markup.bad_links("[x](ftp://y) [z](https://y)")) == ["ftp://y"]


def test_plain_text_takes_marks_for_what_the_page_takes_them_for() -> None:
    assert markup.plain("`**a**` [**b**](https://c) **`d`**", str.upper) == "**a** **b** d"


def test_a_reference_is_found_wherever_it_is_one_in_the_text_or_in_prose() -> None:
    # In prose the backquotes stand in different paragraphs, so what is between them is no code.
    assert list(markup.references("`a\n\n[[b]] `")) == ["b"]
    assert list(markup.references("- `a\n- [[b]] `")) == ["b"]
    assert list(markup.references("[[b\n| x]]")) == ["b"]
