"""The kinds of entry that a handbook is made of, one class each, one description per field.

The same classes check what authors write, feed the editor schema and document the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from .statements import Citation, Citations, Evidence, Id, Model, RefersTo, Statement, Text

AnyId = Annotated[Id, RefersTo(None)]
AreaId = Annotated[Id, RefersTo("areas")]
SituationId = Annotated[Id, RefersTo("situations")]
LevelId = Annotated[Id, RefersTo("levels")]
OrganisationId = Annotated[Id, RefersTo("organisations")]
RankId = Annotated[Id, RefersTo("ranks")]
OutcomeId = Annotated[Id, RefersTo("outcomes")]
DutyId = Annotated[Id, RefersTo("duties")]
Lines = Annotated[str, Field(pattern=r"^\d+(-\d+)?(,\d+(-\d+)?)*$")]
DocumentId = Annotated[Id, RefersTo("documents")]


class Entry(Model):
    """Anything that has an id: a file of its own (the id is the file's stem) or an item of a list file."""

    id: Id = Field(description="The file's stem, or the item's own `id:` in a list file. It is part of the address.")
    title: Text = Field(description="The name, as headings and lists show it.")
    related: list[AnyId] = Field(
        default=[], description="Ids of entries worth reading next. Write a relation on one side; both pages show it."
    )

    def passages(self) -> Iterator[Evidence]:
        """Every piece of evidence that the entry brings, in the order of the page."""
        yield from getattr(self, "evidence", [])


# --- closed sets, one list file each, in display order ---------------------------------------------------


class Area(Entry):
    """A field of work; duties and tips are grouped by it."""

    summary: Text = Field(description="What belongs here, in one sentence.")


class Situation(Entry):
    """A moment in which a reader opens the handbook."""

    summary: Text = Field(description="When this is, in one sentence.")


class Level(Entry):
    """A level of administration (or none, for enterprises), from the highest to the lowest."""

    summary: Text = Field(description="What the level is, for a reader who does not know the system.")


class Organisation(Entry):
    """A type of organisation that the post exists in."""

    summary: Statement = Field(description="What the type is, for a reader who does not know it.")
    examples: Text | None = Field(default=None, description="Bodies of this type, by name.")
    differs: list[Statement] = Field(default=[], description="What is different about the post here.")


class Rank(Entry):
    """A rung of the ladder; the file lists them from the highest to the lowest."""

    posts: Text = Field(description="Leading posts that carry the rank.")
    grades: Text | None = Field(default=None, description="Grades without a leading post that stand beside it.")
    summary: Statement = Field(description="What the rung means and where it is reached.")


class Term(Entry):
    """A word of the trade, used the same way everywhere."""

    pinyin: str | None = Field(default=None, description="Hanyu Pinyin of the Chinese word, with tone marks.")
    meaning: Statement = Field(description="What it means, in the reader's language.")


# --- sources ---------------------------------------------------------------------------------------------


class DamageKind(StrEnum):
    """What is wrong with a passage of the source document."""

    CENSORED = "censored"
    CUT = "cut"
    GARBLED = "garbled"
    SLIP = "slip"
    REPEATED = "repeated"


class Damage(Model):
    """One place where the source document does not say, or not clearly, what its speaker meant."""

    lines: Lines = Field(description="Lines of the document.")
    kind: DamageKind = Field(description="censored, cut, garbled, slip or repeated.")
    note: Text = Field(description="What is there, what it probably was, and how sure that is.")


class Answer(Entry):
    """One person's contribution to the source document."""

    document: DocumentId = Field(description="Id of the source document.")
    lines: Lines = Field(description="Lines of the document: `9-18`.")
    speaker: Text = Field(description="How the speaker describes themself, if at all.")
    setting: Text = Field(description="The kind of body and level spoken of, if the answer says.")
    stance: Text = Field(description="What the answer holds, in one or two sentences.")
    limits: list[Text] = Field(default=[], description="Limits the speaker sets, or the editors see.")
    damage: list[Damage] = Field(default=[], description="What is cut off, censored or garbled.")

    @property
    def line_numbers(self) -> tuple[int, ...]:
        """All lines of the document that belong to this answer."""
        return Citation(self.id, tuple(self.lines.split(","))).lines


class Silence(Model):
    """A line of the source document that states nothing."""

    line: int = Field(ge=1)
    reason: Text = Field(description="Why nothing can rest on it.")


class SourceDocument(Entry):
    """The document that the answers come from; its text is not part of the handbook."""

    summary: Text = Field(description="What the document is and where its limits lie.")
    language: str = Field(description="The language it is written in; quotations are verbatim in this one.")
    line_count: int = Field(ge=1, description="How many lines it has.")
    fingerprint: str = Field(description="File beside this one that quotations are checked against.")
    longest_quote: int = Field(default=25, ge=3, description="Most characters that one quotation may have.")
    silent: list[Silence] = Field(default=[], description="Lines that state nothing.")


class Provision(Model):
    """What one article of a publication says, in the editors' words."""

    article: str = Field(description="Number of the article, or of the section where there are no articles.")
    label: Text | None = Field(default=None, description="How to cite it where it is no numbered article.")
    says: Text = Field(description="The rule in plain words, not the wording of the law.")


class Publication(Entry):
    """A public rule or report that the editors rely on."""

    short_title: Text = Field(description="The name that citations show.")
    issuer: Text = Field(description="Who issued it.")
    number: str | None = Field(default=None, description="Document number, if it has one.")
    adopted: str = Field(description="Date of the version cited (2024-02-27, or 2024-02).")
    in_force: str | None = Field(default=None, description="When that version took effect.")
    url: str | None = Field(default=None, pattern=r"^https?://\S+$", description="Where the public can read it.")
    checked: Text | None = Field(default=None, description="How and when the editors checked it.")
    provisions: list[Provision] = Field(min_length=1, description="The articles that the handbook cites.")


# --- what the handbook says ------------------------------------------------------------------------------


class Step(Model):
    """One step of a duty."""

    when: Text = Field(description="When, relative to the event: `the day before`.")
    who: Text = Field(description="Who does it.")
    action: Text = Field(description="What is done.")
    done: Text = Field(description="What done looks like: something that can be seen or checked.")
    source: Citations = Field(description="Where the step comes from, as in a statement.")


class Difference(Statement):
    """What is different in one type of organisation."""

    organisation: OrganisationId = Field(description="Id of the organisation type.")


class Duty(Entry):
    """Something the holder of the post has to get done."""

    summary: Statement = Field(description="The duty in one sentence.")
    area: AreaId = Field(description="Id of the area it belongs to.")
    situations: list[SituationId] = Field(default=[], description="Ids of situations in which a reader needs it.")
    why: list[Statement] = Field(min_length=1, description="Why it matters.")
    steps: list[Step] = Field(min_length=1, description="How it is done, in order.")
    checklist: list[Statement] = Field(min_length=1, description="What to tick off at the desk.")
    failures: list[Statement] = Field(min_length=1, description="How it commonly goes wrong.")
    differs: list[Difference] = Field(default=[], description="What differs by organisation type.")
    boundary: list[Statement] = Field(default=[], description="The limit set by law, discipline or fairness.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the entry rests on.")


class How(Model):
    """The two halves of acting on a tip."""

    do: list[Statement] = Field(min_length=1, description="What to do.")
    avoid: list[Statement] = Field(min_length=1, description="What to leave alone.")


class Tip(Entry):
    """One piece of advice."""

    advice: Statement = Field(description="The advice in one sentence.")
    area: AreaId = Field(description="Id of the area it belongs to.")
    situations: list[SituationId] = Field(default=[], description="Ids of situations in which a reader needs it.")
    why: list[Statement] = Field(min_length=1, description="Why it is given.")
    how: How = Field(description="Do and avoid.")
    boundary: list[Statement] = Field(default=[], description="The limit set by law, discipline or fairness.")
    limits: list[Statement] = Field(default=[], description="When it does not hold.")
    evidence: list[Evidence] = Field(default=[], description="The passages for and against it.")


class OutcomeKind(StrEnum):
    """Which way an outcome goes."""

    PROMOTION = "promotion"
    LATERAL = "lateral"
    PLACEMENT = "placement"
    STEP_BACK = "step-back"
    RETIREMENT = "retirement"
    OTHER_OCCUPATION = "other-occupation"
    NO_CHANGE = "no-change"


class Setting(Model):
    """Where something was said to be so."""

    organisation: OrganisationId = Field(description="Id of the organisation type.")
    level: LevelId | None = Field(default=None, description="Id of the level, where the source gives one.")


class Outcome(Entry):
    """One way on from the post."""

    summary: Statement = Field(description="The outcome in one sentence.")
    kind: OutcomeKind = Field(description="Which way it goes.")
    said_of: list[Setting] = Field(default=[], description="Organisation type and level it was said of.")
    from_ranks: list[RankId] = Field(default=[], description="Rank in the post, where the source gives it.")
    to_ranks: list[RankId] = Field(default=[], description="Rank afterwards, where the source gives it.")
    likelihood: list[Evidence] = Field(default=[], description="How likely, in the source's own words.")
    conditions: list[Statement] = Field(default=[], description="What it depends on.")
    obstacles: list[Statement] = Field(default=[], description="What gets in the way.")
    examples: list[Statement] = Field(default=[], description="Examples that the sources give.")
    boundary: list[Statement] = Field(default=[], description="The rule or fairness limit that applies.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the entry rests on.")

    def passages(self) -> Iterator[Evidence]:
        yield from self.likelihood
        yield from self.evidence


class Career(Model):
    """One person of a case: where the post led."""

    title: Text = Field(description="Which person: `First director`.")
    destination: Text = Field(description="The post held now, as the source puts it.")
    rank: RankId | None = Field(default=None, description="Rank now, where the source gives it.")
    status: Text = Field(description="Serving, retired, or not known.")
    outcome: OutcomeId | None = Field(default=None, description="Id of the outcome this is an example of.")
    note: Text | None = Field(default=None, description="What is hidden or unsure.")
    source: Citation = Field(description="The answer and its line.")


class Case(Entry):
    """A documented sequence of careers."""

    summary: Statement = Field(description="What the case shows, and what it does not.")
    said_of: Setting = Field(description="The body it comes from.")
    rank: RankId | None = Field(default=None, description="Rank in the post.")
    careers: list[Career] = Field(min_length=1, description="One record per person, in order.")
    reading: list[Statement] = Field(default=[], description="How to read it.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the case rests on.")


class Position(Model):
    """One side of a debate."""

    id: Id = Field(description="Short name within the debate.")
    title: Text = Field(description="The position in a few words.")
    claim: Statement = Field(description="What it holds, in the handbook's words.")
    setting: Text = Field(description="Where those who hold it speak from.")
    evidence: list[Evidence] = Field(min_length=1, description="Who holds it, and in which words.")


class Debate(Entry):
    """A question on which the sources disagree; the title is the question."""

    summary: Statement = Field(description="What is at issue, in one sentence.")
    situations: list[SituationId] = Field(default=[], description="Ids of situations in which a reader needs it.")
    positions: list[Position] = Field(min_length=2, description="The positions, side by side.")
    depends_on: list[Statement] = Field(min_length=1, description="What the answer depends on.")
    use: list[Statement] = Field(min_length=1, description="What a reader can do with it.")
    boundary: list[Statement] = Field(default=[], description="The limit set by law, discipline or fairness.")

    def passages(self) -> Iterator[Evidence]:
        for position in self.positions:
            yield from position.evidence


class Section(Model):
    """One section of a guide."""

    id: Id = Field(description="Part of the address; the same in every language.")
    title: Text = Field(description="The heading.")
    body: Statement = Field(description="Paragraphs and lists.")


class Guide(Entry):
    """A page of prose about the handbook itself."""

    summary: Text = Field(description="What the page is for, in one sentence.")
    sections: list[Section] = Field(min_length=1, description="The sections, in order.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the page rests on.")


# --- the handbook ----------------------------------------------------------------------------------------


class Door(Model):
    """One of the ways into the handbook that the home page offers."""

    id: Id
    title: Text = Field(description="Who it is for.")
    text: Text = Field(description="What they find, in one sentence.")
    links: list[AnyId] = Field(min_length=1, description="Ids of entries to start with.")


class Edition(Model):
    """One way to read the handbook."""

    label: str = Field(min_length=1, description="Its name in its own language.")
    short: str = Field(min_length=1, max_length=6, description="The same in a few characters, for the page header.")
    languages: list[str] = Field(min_length=1, description="Codes of the languages it shows, in order.")


class Settings(Model):
    """`handbook.yml`: what the handbook is called and which editions it has."""

    title: Text
    short_title: Text = Field(description="The title in the page header.")
    tagline: Text = Field(description="What this is and for whom, in one sentence.")
    introduction: Text = Field(description="What the home page says first.")
    languages: list[str] = Field(min_length=1, description="Language codes; a strings file exists for each.")
    editions: dict[Id, Edition] = Field(min_length=1, description="Edition id, also its path on the site, to the edition.")
    doors: list[Door] = Field(min_length=1)
    daily: list[DutyId] = Field(default=[], description="Duties whose checklists the home page offers.")


COLLECTIONS: Final[dict[str, type[Entry]]] = {
    "duties": Duty,
    "tips": Tip,
    "outcomes": Outcome,
    "cases": Case,
    "debates": Debate,
    "terms": Term,
    "ranks": Rank,
    "organisations": Organisation,
    "levels": Level,
    "areas": Area,
    "situations": Situation,
    "documents": SourceDocument,
    "answers": Answer,
    "publications": Publication,
    "guides": Guide,
}
"""Name of the folder (or list file) in content/, and the kind of entry in it."""
