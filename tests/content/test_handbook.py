"""What the real content promises: everything cited, everything in both languages, nothing over-long."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.content import checks
from generator.content.handbook import Handbook
from generator.content.models import Case, Debate, Duty, Outcome, Tip
from generator.content.sources import Answer, Publication, SourceDocument
from generator.content.types import Statement
from generator.content.yaml_reader import KeyPath
from generator.pages.relations import Relations

from ..support.paths import ROOT


def test_every_line_of_the_document_that_states_something_is_cited(handbook: Handbook) -> None:
    (document,) = handbook.all(SourceDocument).values()
    assert document.line_count == 70
    assert checks.uncited_lines(handbook) == {document.id: []}
    assert [silence.line for silence in document.silent] == [18]


def test_lines_that_nothing_cites_are_found(handbook: Handbook) -> None:
    one = replace(handbook, entries={"itinerary": handbook.entries["itinerary"]})
    assert checks.uncited_lines(one) == {"answers-collection": [line for line in range(1, 71) if line not in (11, 18)]}


def test_every_line_belongs_to_exactly_one_answer(handbook: Handbook) -> None:
    lines = [line for answer in handbook.all(Answer).values() for line in answer.line_numbers]
    assert sorted(lines) == list(range(1, 71))


def test_every_answer_is_used(handbook: Handbook) -> None:
    used = Relations(handbook).resting_on
    assert [answer for answer in handbook.all(Answer) if answer not in used] == []


def test_every_text_is_there_in_both_languages(handbook: Handbook) -> None:
    missing = [
        (entry.id, path)
        for entry in handbook.entries.values()
        for path, text in entry.index.texts
        if set(text.by_language) != {"zh", "en"}
    ]
    assert missing == []


def test_each_text_is_in_its_own_language(handbook: Handbook) -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    wrong: list[tuple[str, object]] = []
    for entry in handbook.entries.values():
        for path, text in entry.index.texts:
            if path[-1] in ("posts", "grades", "examples"):
                continue
            zh, en = text.by_language["zh"], text.by_language["en"]
            if not any(map(str.isalpha, zh)):
                continue  # numbers of sections
            foreign = re.sub(r"\([^()]*\)|（[^（）]*）|`[^`]*`", "", en)
            if not chinese.search(zh) or len(chinese.findall(foreign)) > 0.05 * len(foreign):
                wrong.append((entry.id, path))
    assert wrong == []


def chinese_with(pattern: re.Pattern[str], handbook: Handbook) -> list[tuple[str, KeyPath]]:
    """Where the Chinese of a text has `pattern`."""
    return [
        (entry.id, path)
        for entry in handbook.entries.values()
        for path, text in entry.index.texts
        if pattern.search(text.by_language["zh"])
    ]


def test_chinese_text_has_chinese_punctuation(handbook: Handbook) -> None:
    half_width = re.compile(r"[\u4e00-\u9fff”》）][,:;?!]|[,:;?!](?=[\u4e00-\u9fff])|\((?=[\u4e00-\u9fff])")
    assert chinese_with(half_width, handbook) == []


def test_no_line_break_leaves_a_space_in_chinese(handbook: Handbook) -> None:
    """Beside a link, a bold word or a figure the reader keeps a break as a space, which Chinese does not have."""
    space = re.compile(
        r"(?<=[^\x00-\xff])\n *(?=\[\[|\*\*|[0-9](?!\d*\. ))|(?:(?<=\]\])|(?<=\*\*)|(?<=[0-9]))\n *(?=[^\x00-\xff])"
    )
    assert chinese_with(space, handbook) == []


def test_articles_stand_in_the_order_of_their_numbers_and_are_cited_with_figures(handbook: Handbook) -> None:
    written_out = re.compile(r"第[一二三四五六七八九十百零]+条")
    for publication in handbook.all(Publication).values():
        numbered = [one for one in publication.provisions if one.article[0].isdigit()]
        first = [float(one.article.partition("-")[0]) for one in numbered]
        assert first == sorted(first), publication.id
        for one in publication.provisions:
            assert one.label or one not in numbered or "-" not in one.article, (publication.id, one.article)
            assert not (one.label and written_out.search(one.label.by_language["zh"])), (publication.id, one.article)


def test_what_touches_a_person_or_the_law_has_its_limit_with_a_public_source(handbook: Handbook) -> None:
    for entry_id in (
        "whom-to-serve",
        "taking-blame",
        "dining-plan-b",
        "keep-secrets",
        "mind-the-balance",
        "have-a-sponsor",
        "know-local-custom",
        "guarding-secrets",
        "reception",
        "loyal-or-fair",
        "take-the-blame",
    ):
        entry = handbook.entries[entry_id]
        assert isinstance(entry, Duty | Tip | Debate)
        answers = handbook.all(Answer)
        public = [
            citation
            for statement in entry.boundary
            for citation in statement.source
            if citation.source != "editors" and citation.source not in answers
        ]
        assert public, entry_id


def test_statements_that_only_cite_a_rule_name_the_editors_too(handbook: Handbook) -> None:
    answers = handbook.all(Answer)
    alone = [
        (entry.id, path)
        for entry in handbook.entries.values()
        for path, text in entry.index.texts
        if isinstance(text, Statement)
        and not any(citation.source in answers or citation.source == "editors" for citation in text.source)
    ]
    assert alone == []


def test_the_eight_directors_are_records(handbook: Handbook) -> None:
    (case,) = handbook.all(Case).values()
    assert len(case.careers) == 8
    assert case.rank == "section-full"
    assert [career.rank for career in case.careers].count(None) == 3  # the fifth, seventh and eighth: not stated
    assert all(str(career.source) == "a12:49" for career in case.careers)


def test_every_outcome_rests_on_somebody(handbook: Handbook) -> None:
    assert [outcome.id for outcome in handbook.all(Outcome).values() if not list(outcome.passages())] == []


def test_every_debate_has_two_sides_with_different_voices(handbook: Handbook) -> None:
    for debate in handbook.all(Debate).values():
        sides = [{evidence.source.source for evidence in position.evidence} for position in debate.positions]
        assert len(set.union(*sides)) > 1, debate.id


def test_the_document_itself_is_not_in_the_project(handbook: Handbook) -> None:
    longest = max(
        (
            len(evidence.quote.by_language["zh"].strip())
            for entry in handbook.entries.values()
            for evidence in entry.passages()
        ),
    )
    assert longest <= 25
    assert not list(ROOT.glob("content/**/*.txt"))
