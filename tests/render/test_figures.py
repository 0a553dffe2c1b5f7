"""Figures: how they are laid out in every edition, and the same as text beside them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.content.handbook import Handbook
from generator.content.models import Case, Debate, Diagram, Guide, Outcome
from generator.content.sources import Answer
from generator.content.types import Stance
from generator.pages.moves import OutcomeMap, outcome_map
from generator.pages.relations import Relations
from generator.pipeline import Pipeline
from generator.render.citations import Citations
from generator.render.figures import Figures, careers, diagrams, drawing
from generator.render.figures.drawing import Box, Drawing, Frame, Style
from generator.render.figures.measure import width, wrap
from generator.render.figures.stances import balance
from generator.render.renderer import Renderer

from ..support.paths import EDITIONS, ROOT, SMALL

THEME = ROOT / "generator" / "site" / "theme"


def text(words: str = "…") -> dict[str, str]:
    return {"en": words}


@pytest.fixture(scope="module")
def facts(handbook: Handbook) -> OutcomeMap:
    return outcome_map(handbook, Relations(handbook))


def drawings(content: Path) -> Iterator[tuple[str, Drawing]]:
    """Every drawing of every edition, with a name."""
    renderer = Pipeline(content).run()
    handbook = renderer.plan.handbook
    known = outcome_map(handbook, renderer.plan.relations)
    for edition_id in handbook.settings.editions:
        draw = partial(figures, renderer, edition_id)
        yield f"{edition_id} map", draw("outcome-map.md").map(known)
        for index, panel in enumerate(draw("outcome-map.md").panels(known)):
            yield f"{edition_id} panel {index}", panel
        for case in handbook.all(Case).values():
            yield f"{edition_id} {case.id}", draw(f"cases/{case.id}.md").careers(case)
        for guide in handbook.all(Guide).values():
            for section in guide.sections:
                for index, made in enumerate(
                    draw(f"guides/{guide.id}.md").diagrams(section.diagram, section.id) if section.diagram else ()
                ):
                    yield f"{edition_id} {guide.id} {section.id} {index}", made


def figures(renderer: Renderer, edition_id: str, path: str) -> Figures:
    """What draws for the page at `path`."""
    texts = renderer.texts(edition_id, path)
    return Figures(texts, Citations(texts))


@pytest.fixture(scope="module")
def all_drawings() -> dict[str, Drawing]:
    real, other = dict(drawings(ROOT / "content")), dict(drawings(SMALL))
    assert len(real) == len(EDITIONS) * (1 + 8 + 1 + 2 * 2)
    return {**real, **{f"small {name}": made for name, made in other.items()}}


def clashes(made: Drawing) -> list[tuple[Any, Any]]:
    """Words of a drawing that share room, and words that leave it."""
    boxes = [(words.box, words.lines) for words in made.words]
    outside = [(lines, box) for box, lines in boxes if not Box(0, 0, made.width, made.height).holds(box)]
    return outside + [(a, b) for (one, a), (two, b) in itertools.combinations(boxes, 2) if one.overlaps(two)]


def test_no_words_overlap_or_leave_their_drawing_in_any_edition(all_drawings: dict[str, Drawing]) -> None:
    assert {name: found for name, made in all_drawings.items() if (found := clashes(made))} == {}


def test_the_check_for_overlaps_finds_them() -> None:
    said = [(None, "one and two")]
    first, second = (drawing.block(said, 200, drawing.TEXT).at(0, y) for y in (0, 12))
    assert clashes(Drawing(200, 60, "", "map", (*first, *second)))
    assert clashes(Drawing(20, 60, "", "map", (*first,)))
    assert not clashes(Drawing(200, 60, "", "map", (*first,)))


def test_cards_do_not_overlap_and_hold_their_words(all_drawings: dict[str, Drawing]) -> None:
    for name, made in all_drawings.items():
        cards = [
            (frame.box, link)
            for link in made.links
            for frame in link.items
            if isinstance(frame, Frame) and frame.look.startswith("card")
        ]
        assert cards or "panel" in name, name  # a type of organisation may have no data
        for (one, _), (two, _) in itertools.combinations(cards, 2):
            assert not one.overlaps(two), (name, one, two)
        for box, link in cards:
            for words in Drawing(0, 0, "", "", (link,)).words:
                assert box.holds(words.box), (name, words.lines)


def test_every_mark_is_a_link_with_a_name_that_says_what_is_seen(all_drawings: dict[str, Drawing]) -> None:
    for name, made in all_drawings.items():
        for link in made.links:
            assert link.href, name
            assert link.name.strip(), name
            if "panel" in name or "map" in name:
                seen = " ".join(line for words in Drawing(0, 0, "", "", (link,)).words for line in words.lines)
                for word in re.findall(r"\w+", seen):
                    assert word in link.name or word in link.name.replace(" ", ""), (name, word, link.name)


def marks(made: Drawing) -> list[tuple[str, bool]]:
    """(address, whether it is dashed) of every card in a map."""
    return [(link.href, "dash" in link.items[0].look) for link in made.links if isinstance(link.items[0], Frame)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_cards_are_dashed_exactly_where_sources_disagree(
    edition: str, all_drawings: dict[str, Drawing], facts: OutcomeMap
) -> None:
    expected = sorted(
        (f"../outcomes/{move.outcome.id}/", move.disputed) for column in facts.columns for move in column.moves
    )
    assert {dashed for _, dashed in expected} == {True, False}
    panels = [all_drawings[f"{edition} panel {index}"] for index in range(len(facts.columns))]
    assert sorted(marks(all_drawings[f"{edition} map"])) == expected
    assert sorted(mark for panel in panels for mark in marks(panel)) == expected


def test_the_style_sheet_sets_the_sizes_that_were_measured() -> None:
    css = (THEME / "assets" / "figures.css").read_text("utf-8")

    def size(selector: str) -> float:
        match = re.search(rf"(?m)^{re.escape(selector)} \{{[^}}]*font-size: ([\d.]+)px", css)
        assert match, selector
        return float(match[1])

    def check_style(style: Style, selector: str) -> None:
        assert size(selector) == style.size
        assert style.size >= 11

    check_style(drawing.TITLE, ".f .t1")
    check_style(drawing.TEXT, ".f")
    check_style(drawing.SOFT, ".f")
    check_style(diagrams.TITLE, ".f-diagram .t1")
    check_style(diagrams.TEXT, ".f-diagram")
    check_style(diagrams.MARK_STYLE, ".f .t4")


@pytest.mark.parametrize("words", ["From county Party office director to deputy head", "人大、政协、纪委的主任任局长"])
@pytest.mark.parametrize("room", [20, 60, 110, 400])
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(words: str, room: float) -> None:
    lines = wrap(words, room, 12)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width(line, 12) <= room or len(line) <= 2 for line in lines)


def test_lines_begin_and_end_as_chinese_lines_do() -> None:
    lines = wrap("“一个人的说法”：答18（县级），没有写明。", 60, 12)
    assert len(lines) > 3
    assert not [line for line in lines if line[0] in "，。：”）" or line[-1] in "“（"]
    assert not [line for line in lines if line[0].isdigit()]


# --- careers, pictures, debates --------------------------------------------------------------------------


def test_a_rank_that_is_not_stated_has_no_arrow(handbook: Handbook, all_drawings: dict[str, Drawing]) -> None:
    case = handbook.all(Case)["eight-directors"]
    made = all_drawings["en eight-directors"]
    unknown = [career for career in case.careers if career.rank is None]
    lines = [item for item in made.items if isinstance(item, drawing.Path)]
    assert len([line for line in lines if "unknown" in line.look]) == len(unknown) == 3
    assert len([line for line in lines if line.look == "f-tip"]) == len(case.careers) - len(unknown)


def test_what_is_hidden_is_shown_as_hidden(handbook: Handbook, all_drawings: dict[str, Drawing]) -> None:
    case = handbook.all(Case)["eight-directors"]
    assert careers.signs(case, handbook.all(Outcome)).count("hidden") == 1
    (hidden,) = [link for link in all_drawings["en eight-directors"].links if link.href == "#career-4"]
    assert "hidden behind" in hidden.name
    assert [item.name for item in hidden.items if isinstance(item, drawing.Sign)] == ["hidden"]


def test_every_career_is_a_link_to_its_outcome(handbook: Handbook, all_drawings: dict[str, Drawing]) -> None:
    case = handbook.all(Case)["eight-directors"]
    links = [link.href for link in all_drawings["zh eight-directors"].links if not link.href.startswith("../../ranks/")]
    assert links == [
        f"../../outcomes/{career.outcome}/" if career.outcome else f"#career-{number}"
        for number, career in enumerate(case.careers, 1)
    ]


@pytest.mark.parametrize("layout", ["star", "quarters"])
@pytest.mark.parametrize("count", [2, 3, 4, 5, 7, 9])
def test_a_picture_has_room_for_any_number_of_parts(layout: str, count: int) -> None:
    places = itertools.cycle(["above", "left", "right", "below"])
    node = {"title": text("A part with a rather long name"), "gives": text("something"), "source": "editors"}
    nodes = [{**node, "id": f"n{index}", "place": next(places)} for index in range(count)]
    picture = Diagram.model_validate({"layout": layout, "title": text(), "centre": text("Centre"), "nodes": nodes})
    renderer = Pipeline(SMALL).run()
    for edition_id in renderer.plan.handbook.settings.editions:
        for made in figures(renderer, edition_id, "guides/about.md").diagrams(picture, "x"):
            assert clashes(made) == []
            assert [link.href for link in made.links] == [f"#x-n{index}" for index in order(nodes, made)]


def order(nodes: list[dict[str, Any]], made: Drawing) -> list[int]:
    """The order of reading in a wide star; elsewhere that of the nodes."""
    star = made.width > 400 and any(isinstance(item, drawing.Path) and "thin" in item.look for item in made.items)
    if not star:
        return list(range(len(nodes)))
    return [
        index for place in ("above", "left", "right", "below") for index, n in enumerate(nodes) if n["place"] == place
    ]


def test_every_answer_stands_where_its_evidence_is_and_none_is_counted(handbook: Handbook) -> None:
    for debate in handbook.all(Debate).values():
        facts = balance(debate, handbook.all(Answer))
        assert [side.position.id for side in facts.sides] == [position.id for position in debate.positions]
        for side in facts.sides:
            shown = {(chip.answer, stance) for stance, chips in side.chips.items() for chip in chips}
            assert shown == {(e.source.source, e.stance) for e in side.position.evidence}
            for chips in side.chips.values():
                names = [chip.answer for chip in chips]
                assert names == sorted(set(names))


def test_the_balance_shows_who_contradicts_and_who_stands_twice(small: Handbook) -> None:
    (debate,) = small.all(Debate).values()
    facts = balance(debate, small.all(Answer))
    assert [list(side.chips) for side in facts.sides] == [[Stance.SUPPORTS], [Stance.CONTRADICTS]]
    assert facts.twice == []
    twice = debate.model_copy(
        update={"positions": [debate.positions[0], debate.positions[0].model_copy(update={"id": "x"})]}
    )
    assert balance(twice, small.all(Answer)).twice == ["k2"]


# --- pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_table_has_every_mark_of_the_map(edition: str, docs: Path, facts: OutcomeMap) -> None:
    page = (docs / edition / "outcome-map.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][2:]
    shown = [re.findall(r"\((?:organisations\.md#([\w-]+)|outcomes/([\w-]+)\.md)\)", row) for row in rows]
    given = [(next((a for a, _ in links if a), None), next((b for _, b in links if b), "")) for links in shown]
    expected = [
        (column.organisation, name)
        for column in facts.columns
        for name in ([move.outcome.id for move in column.moves] or [""])
    ]
    assert given == expected


def test_the_map_is_linked_from_the_overview_each_outcome_and_home(docs: Path) -> None:
    for edition in EDITIONS:
        assert "(../outcome-map.md)" in (docs / edition / "outcomes/index.md").read_text("utf-8")
        assert "(outcome-map.md)" in (docs / edition / "index.md").read_text("utf-8")
        for page in (docs / edition / "outcomes").glob("*.md"):
            assert "(../outcome-map.md)" in page.read_text("utf-8"), page


def test_no_figure_has_styles_or_handlers_of_its_own(docs: Path) -> None:
    for page in docs.rglob("*.md"):
        for svg in re.findall(r"<svg.*?</svg>", page.read_text("utf-8"), re.DOTALL):
            assert not re.search(r"\s(style|on\w+)=|<script|<style|foreignObject|xlink", svg), page
