"""A handbook of any size about nothing: two languages, every kind of entry, links and relations, always the same.

`python -m tests.bench.synthetic FOLDER ENTRIES` writes one. Its pages have some 4 KB of Markdown in each language, its
kinds stand in the proportions of a real handbook, and every text is its own, so that no cache finds the same
paragraph twice. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from generator.content import quotations, translations
from generator.pipeline import read

EDITIONS: Final = ("zh", "en", "zh-en")
"""The editions that `make` knows; the languages of each are in its name."""

KINDS: Final = (
    *("answers", "publications", "duties", "tips", "outcomes", "debates", "tips", "cases", "guides", "duties"),
    *("tips", "tips", "outcomes", "duties", "tips", "debates", "tips", "duties", "tips", "duties"),
)
"""The kind of each entry in turn: a twentieth of the handbook for each time that it stands here."""

LINES_OF_ANSWER: Final = 4
ARTICLES: Final = 8
PER_AREA: Final = 25
"""Duties and tips in one area, about."""

Node = Mapping[str, Any]

WHO: Final = (
    ("值班员", "the clerk on duty"),
    ("仓库管理员", "the storekeeper"),
    ("组长", "the team leader"),
    ("新来的同事", "a new colleague"),
    ("检修员", "the fitter"),
    ("登记员", "the registrar"),
)
WHAT: Final = (
    ("登记簿", "the register"),
    ("钥匙", "the keys"),
    ("交接单", "the handover sheet"),
    ("备件", "the spare parts"),
    ("日程表", "the timetable"),
    ("水泵", "the pump"),
    ("来信", "the letters"),
    ("通知", "the notices"),
    ("地图", "the map"),
    ("工具箱", "the tool box"),
    ("名单", "the list of names"),
    ("仪表", "the gauges"),
)
DO: Final = (
    ("核对", "checks"),
    ("带上", "takes along"),
    ("收好", "puts away"),
    ("送回", "returns"),
    ("清点", "counts"),
    ("更换", "replaces"),
    ("写明", "describes"),
    ("检查", "inspects"),
    ("抄录", "copies out"),
    ("领取", "collects"),
)
WHEN: Final = (
    ("开工之前", "before work starts"),
    ("换班的时候", "at the change of shift"),
    ("每周一早上", "on Monday morning"),
    ("下雨以后", "after rain"),
    ("客人到来以前", "before guests arrive"),
    ("月底", "at the end of the month"),
)
WHY: Final = (
    ("不然后面的人要等", "or those who come later have to wait"),
    ("这样谁都查得到", "so that anybody can look it up"),
    ("漏掉一次就很难补上", "for one omission is hard to make good"),
    ("因为没有第二份", "as there is no second copy"),
    ("这件事从来没有人记得住", "which nobody has ever kept in mind"),
    ("别人才好接手", "so that others can take over"),
)


def make(folder: Path, entries: int, seed: int = 5, editions: Sequence[str] = EDITIONS) -> None:
    """Write a content folder with so many entries that have a page each; every text is confirmed in its lock."""
    writer = _Handbook(entries, Random(seed))
    for name, node in writer.files(editions):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(node if isinstance(node, str) else "".join(_yaml(node, "")), encoding="utf-8", newline="\n")
    translations.confirm(read(folder)[0])


def entry_ids(entries: int) -> dict[str, str]:
    """Id to collection, of the entries that `make` gives a page each, in the order in which they are made."""
    numbers: dict[str, int] = {}
    ids = {}
    for index in range(entries):
        kind = KINDS[index % len(KINDS)]
        numbers[kind] = numbers.get(kind, 0) + 1
        ids[f"{kind.removesuffix('s').replace('dutie', 'duty')}-{numbers[kind]:04}"] = kind
    return ids


class _Handbook:
    """The entries of one handbook; every method takes from the same row of random numbers."""

    def __init__(self, entries: int, random: Random) -> None:
        self.random = random
        self.ids = entry_ids(entries)
        self.order = list(self.ids)
        self.answers, self.publications, self.outcomes = (
            [entry for entry, kind in self.ids.items() if kind == wanted]
            for wanted in ("answers", "publications", "outcomes")
        )
        self.areas = [f"area-{number:03}" for number in range(max(3, entries * 3 // 5 // PER_AREA))]
        self.terms = [f"term-{number:04}" for number in range(max(4, entries // 10))]
        self.situations = [f"situation-{number:02}" for number in range(12)]
        self.lines = [self.sentence() for _ in range(LINES_OF_ANSWER * len(self.answers))]
        self.cited: list[str] = []

    def files(self, editions: Sequence[str]) -> Iterator[tuple[str, Node | list[Node] | str]]:
        """Path below the content folder, and what stands there."""
        yield "handbook.yml", self.settings(editions)
        yield "answers.fingerprint", quotations.write("\n".join(chinese for chinese, _ in self.lines))
        yield from ((f"{name}.yml", nodes) for name, nodes in self.lists().items())
        makers: dict[str, Callable[[int], Node]] = {
            "duties": self.duty,
            "tips": self.tip,
            "outcomes": self.outcome,
            "debates": self.debate,
            "cases": self.case,
            "guides": self.guide,
            "publications": self.publication,
        }
        for index, (entry, kind) in enumerate(self.ids.items()):
            self.cited = []
            if kind in makers:
                yield f"{kind}/{entry}.yml", makers[kind](index)

    def settings(self, editions: Sequence[str]) -> Node:
        named = {"zh": ("中文", "中"), "en": ("English", "EN"), "zh-en": ("对照", "对照")}
        return {
            "title": _text("没有内容的手册", "A handbook about nothing"),
            "short_title": _text("空手册", "About nothing"),
            "tagline": _text("用来量时间的。", "Made to be measured."),
            "introduction": self.text(3),
            "languages": ["zh", "en"],
            "editions": {
                edition: {"label": named[edition][0], "short": named[edition][1], "languages": edition.split("-")}
                for edition in editions
            },
            "doors": [
                {"id": "door-first", "title": _text("先看", "Start here"), "text": self.text(), "links": self.order[:3]}
            ],
        }

    def lists(self) -> dict[str, list[Node]]:
        """The collections that are one file each."""

        def named(entry: str, zh: str, en: str) -> Node:
            number = entry.rpartition("-")[2]
            return {"id": entry, "title": _text(f"{zh}{number}", f"{en} {number}")}

        def stated(sentences: int = 1) -> Node:
            return {**self.text(sentences), "source": "editors"}

        return {
            "areas": [{**named(area, "领域", "Area"), "summary": self.text()} for area in self.areas],
            "situations": [{**named(entry, "情形", "Situation"), "summary": self.text()} for entry in self.situations],
            "terms": [{**named(entry, "词", "term"), "meaning": stated(2)} for entry in self.terms],
            "ranks": [{**named("rank-1", "职级", "Rank"), "posts": self.text(), "summary": stated()}],
            "levels": [{**named("level-1", "层级", "Level"), "summary": self.text()}],
            "organisations": [{**named("body-1", "单位", "Body"), "summary": stated(2)}],
            "documents": [
                {
                    **named("letters-1", "来信", "Letters"),
                    "summary": self.text(2),
                    "language": "zh",
                    "line_count": len(self.lines),
                    "fingerprint": "answers.fingerprint",
                }
            ],
            "answers": [self.answer(number) for number in range(len(self.answers))],
        }

    # --- entries -----------------------------------------------------------------------------------------

    def duty(self, index: int) -> Node:
        return {
            "title": self.title(index),
            "summary": self.said(),
            **self.sorted_under(index),
            "why": self.statements(1),
            "steps": [
                {
                    "when": _text(*self.one(WHEN)),
                    "who": _text(*self.one(WHO)),
                    "action": self.linked(2),
                    "done": self.text(),
                    "source": self.source(),
                }
                for _ in range(3)
            ],
            "checklist": self.statements(2),
            "failures": self.statements(1),
            "boundary": self.statements(1),
            "evidence": self.evidence(),
        }

    def tip(self, index: int) -> Node:
        return {
            "title": self.title(index),
            "advice": self.said(),
            **self.sorted_under(index),
            "why": self.statements(2),
            "how": {"do": self.statements(3), "avoid": self.statements(2)},
            "boundary": self.statements(1),
            "limits": self.statements(1),
            "evidence": self.evidence(),
        }

    def outcome(self, index: int) -> Node:
        return {
            "title": self.title(index),
            "summary": self.said(2),
            "kind": ("promotion", "lateral", "placement", "retirement")[index % 4],
            "said_of": [{"organisation": "body-1", "level": "level-1"}],
            "from_ranks": ["rank-1"],
            "related": self.related(index),
            "conditions": self.statements(2),
            "obstacles": self.statements(2),
            "examples": self.statements(1),
            "boundary": self.statements(1),
            "evidence": self.evidence(),
        }

    def debate(self, index: int) -> Node:
        positions = []
        for name in ("yes", "no"):
            claim = self.said(2)
            evidence = self.evidence(at_least_one=True)
            positions.append(
                {
                    "id": f"side-{name}",
                    "title": self.text(),
                    "claim": claim,
                    "setting": self.text(),
                    "evidence": evidence,
                }
            )
            self.cited = []
        return {
            "title": self.title(index),
            "summary": {**self.linked(), "source": "editors"},
            "situations": [self.situations[index % 12]],
            "related": self.related(index),
            "positions": positions,
            "depends_on": [{**self.linked(), "source": "editors"} for _ in range(2)],
            "use": [{**self.linked(2), "source": "editors"} for _ in range(2)],
        }

    def case(self, index: int) -> Node:
        evidence = self.evidence(at_least_one=True)
        careers = [
            {
                "title": _text(f"第{number}任", f"Holder {number}"),
                "destination": self.text(),
                "status": self.text(),
                **({"outcome": self.outcomes[index % len(self.outcomes)]} if self.outcomes else {}),
                "source": evidence[0]["source"],
            }
            for number in range(1, 5)
        ]
        return {
            "title": self.title(index),
            "summary": self.said(2),
            "said_of": {"organisation": "body-1"},
            "related": self.related(index),
            "careers": careers,
            "reading": [{**self.linked(2), "source": "editors"} for _ in range(4)],
            "evidence": [*evidence, *self.evidence()],
        }

    def guide(self, index: int) -> Node:
        sections = [
            {"id": f"part-{number}", "title": self.text(), "body": {**self.linked(5), "source": "editors"}}
            for number in range(1, 5)
        ]
        return {
            "title": self.title(index),
            "summary": self.text(),
            "related": self.related(index),
            "sections": sections,
        }

    def publication(self, index: int) -> Node:
        return {
            "title": self.title(index),
            "short_title": _text(f"规定{index}", f"Rules {index}"),
            "issuer": _text("编写组", "The makers"),
            "adopted": "2024-01",
            "binds": self.text(),
            "provisions": [{"article": str(number), "says": self.text(2)} for number in range(1, ARTICLES + 1)],
        }

    def answer(self, number: int) -> Node:
        first = number * LINES_OF_ANSWER + 1
        return {
            "id": self.answers[number],
            "document": "letters-1",
            "lines": f"{first}-{first + LINES_OF_ANSWER - 1}",
            "title": self.title(number * len(KINDS)),
            "speaker": self.text(),
            "setting": self.text(),
            "stance": self.text(3),
            "limits": [self.text(2) for _ in range(3)],
        }

    # --- parts of entries --------------------------------------------------------------------------------

    def sorted_under(self, index: int) -> Node:
        related = self.related(index)
        return {
            "area": self.areas[index % len(self.areas)],
            "situations": [self.situations[index % 12]] if index % 3 == 0 else [],
            "related": related,
        }

    def related(self, index: int) -> list[str]:
        """Up to two entries before this one, most of them near; both sides show a relation."""
        before = {self.random.randrange(max(0, index - 60), index) for _ in range(2)} if index else set()
        return [self.order[other] for other in sorted(before)]

    def statements(self, count: int) -> list[Node]:
        return [self.said() if number % 2 else {**self.linked(), "source": self.source()} for number in range(count)]

    def said(self, sentences: int = 1) -> Node:
        return {**self.text(sentences), "source": self.source()}

    def source(self) -> str | list[str]:
        """Who says so: the editors, or an article of a publication, or a line of an answer that is quoted below."""
        draw = self.random.random()
        if draw < 0.5 or not self.publications:
            return "editors"
        if draw < 0.8:
            article = self.random.randrange(ARTICLES) + 1
            return ["editors", f"{self.publications[self.random.randrange(len(self.publications))]}:{article}"]
        return [self.quoted(), "editors"] if not self.cited else "editors"

    def quoted(self) -> str:
        """A line of an answer, as a citation, remembered for the evidence of the entry."""
        line = self.random.randrange(len(self.lines))
        citation = f"{self.answers[line // LINES_OF_ANSWER]}:{line + 1}"
        if citation not in self.cited:
            self.cited.append(citation)
        return citation

    def evidence(self, at_least_one: bool = False) -> list[dict[str, Any]]:
        """The quotations that the entry's citations rest on."""
        if at_least_one and not self.cited:
            self.quoted()
        found: list[dict[str, Any]] = []
        for citation in self.cited:
            chinese, english = self.lines[int(citation.rpartition(":")[2]) - 1]
            stance = ("supports", "qualifies", "contradicts")[len(found) % 3]
            quote = _text(chinese[:20].rstrip("，。"), english)
            found.append({"source": citation, "stance": stance, "quote": quote})
        self.cited = []
        return found

    # --- words -------------------------------------------------------------------------------------------

    def one(self, of: Sequence[tuple[str, str]]) -> tuple[str, str]:
        return of[self.random.randrange(len(of))]

    def title(self, index: int) -> Node:
        do, what, when = self.one(DO), self.one(WHAT), self.one(WHEN)
        return _text(f"{when[0]}{do[0]}{what[0]}（{index}）", f"Who {do[1]} {what[1]} {when[1]} ({index})")

    def sentence(self) -> tuple[str, str]:
        who, do, what, when, why = (self.one(words) for words in (WHO, DO, WHAT, WHEN, WHY))
        number = self.random.randrange(10, 1000)
        return (
            f"{when[0]}，{who[0]}{do[0]}第{number}号{what[0]}，{why[0]}。",
            f"{when[1][0].upper()}{when[1][1:]}, {who[1]} {do[1]} {what[1]} under no. {number}, {why[1]}.",
        )

    def text(self, sentences: int = 1) -> Node:
        said = [self.sentence() for _ in range(sentences)]
        return _text("".join(chinese for chinese, _ in said), " ".join(english for _, english in said))

    def linked(self, sentences: int = 1) -> Node:
        """A text with some bold words and a reference to a term or another entry."""
        said = self.text(sentences)
        if self.random.random() < 0.5:
            term = self.terms[self.random.randrange(len(self.terms))]
            return _text(f"**注意**：{said['zh']}参见[[{term}]]。", f"**Note:** {said['en']} See [[{term}]].")
        other = self.order[self.random.randrange(len(self.order))]
        return _text(f"{said['zh']}参见[[{other}|那一条]]。", f"{said['en']} See [[{other}|that entry]].")


def _text(chinese: str, english: str) -> Node:
    return {"zh": chinese, "en": english}


def _yaml(node: Any, indent: str) -> Iterator[str]:
    """Block style, as people write it: long texts as blocks, everything else on its line."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, Mapping) or (isinstance(value, list) and value and isinstance(value[0], Mapping)):
                yield f"{indent}{key}:\n"
                yield from _yaml(value, indent + "  ")
            else:
                yield f"{indent}{key}: {_scalar(value, indent + '  ')}\n"
    else:
        for item in node:
            lines = "".join(_yaml(item, indent + "  "))
            yield f"{indent}- {lines[len(indent) + 2 :]}"


def _scalar(value: Any, indent: str) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if not isinstance(value, str):
        return str(value)
    if len(value) > 90:
        return "|\n" + "\n".join(indent + line for line in _wrapped(value))
    plain = ": " not in value and value[0] not in "*[`\"'{" and not value[0].isdigit()
    return value if plain else f'"{value}"'


def _wrapped(text: str) -> list[str]:
    """Lines that an editor shows whole. Chinese has no spaces; there a line ends behind a sentence."""
    if text.isascii():
        return textwrap.wrap(text, 108, break_on_hyphens=False)
    return [line for line in re.split("(?<=。)", text) if line]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the content folder of a handbook about nothing.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("entries", type=int)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--editions", nargs="+", choices=EDITIONS, default=list(EDITIONS))
    options = parser.parse_args()
    make(options.folder, options.entries, options.seed, options.editions)
