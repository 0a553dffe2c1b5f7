"""What points at what: each relation is written once, and both of its ends show it."""

from __future__ import annotations

from generator.content.handbook import Handbook
from generator.pages.relations import relations


def test_a_relation_written_once_is_shown_on_both_sides(small: Handbook) -> None:
    related = relations(small).related
    assert small.entries["lamp"].related == ["wipe"]
    assert "wipe" in related["lamp"]
    assert "lamp" in related["wipe"]
    assert "two-keepers" in related["harbour"]


def test_sources_know_what_rests_on_them(small: Handbook) -> None:
    resting = relations(small).resting_on
    assert list(resting["k1"]) == [entry for entry in small.entries if entry in resting["k1"]]
    assert set(resting["k1"]) == {"lamp", "two-keepers", "alone", "staying-awake"}
    assert set(resting["lights-act"]) == {"lamp", "fog-bank", "lamp-log", "keeper-year", "signal-slip", "about"}
    assert "editors" not in resting
