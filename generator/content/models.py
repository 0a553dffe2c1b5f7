"""What a handbook says about its post: duties, tips, outcomes, cases, debates, and pages about itself.

One class per kind of entry and one description per field. The same classes check what authors write, feed
the editor schema and document the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from .entries import (
    AnyId,
    AreaId,
    DutyId,
    Entry,
    LevelId,
    OrganisationId,
    OutcomeId,
    RankId,
    SituationId,
)
from .types import Citation, Citations, Evidence, Id, Model, Statement, Text


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
    duty: DutyId | None = Field(
        default=None, description="Id of the duty that it helps with, if it is one: the page of the duty shows it."
    )
    situations: list[SituationId] = Field(default=[], description="Ids of situations in which a reader needs it.")
    why: list[Statement] = Field(min_length=1, description="Why it is given.")
    how: How = Field(description="What to do, and what to leave alone.")
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


class SaidOf(Setting):
    """Where an outcome was said to be so, and by whom, as far as that differs from the rest of the outcome."""

    source: Citations | None = Field(
        default=None, description="Who says it of this setting, where not everybody does whom the outcome cites."
    )
    from_ranks: list[RankId] | None = Field(
        default=None, description="Ids of the ranks held in the post here, where they are not those of the outcome."
    )
    to_ranks: list[RankId] | None = Field(
        default=None, description="Ids of the ranks afterwards here, where they are not those of the outcome."
    )


class Outcome(Entry):
    """One way on from the post."""

    summary: Statement = Field(description="The outcome in one sentence.")
    kind: OutcomeKind = Field(description="Which way it goes.")
    said_of: list[SaidOf] = Field(
        default=[], description="Types of organisation, and levels, that the sources say it of."
    )
    from_ranks: list[RankId] = Field(
        default=[], description="Ids of the ranks held in the post, where the source gives them."
    )
    to_ranks: list[RankId] = Field(default=[], description="Ids of the ranks afterwards, where the source gives them.")
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
    rank: RankId | None = Field(default=None, description="Id of the rank held now, where the source gives it.")
    status: Text = Field(description="Serving, retired, or not known.")
    outcome: OutcomeId | None = Field(default=None, description="Id of the outcome this is an example of.")
    note: Text | None = Field(default=None, description="What is hidden or unsure.")
    source: Citation = Field(description="The answer and its line.")


class Case(Entry):
    """A documented sequence of careers."""

    summary: Statement = Field(description="What the case shows, and what it does not.")
    said_of: Setting = Field(description="The body it comes from.")
    rank: RankId | None = Field(
        default=None, description="Id of the rank that went with the post, where the source gives it."
    )
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


class Ability(Entry):
    """Something that the sources ask of whoever holds the post; readers rate themselves on it.

    `related` names the duties and tips that help with it, the most helpful first.
    """

    summary: Statement = Field(description="What the ability is, in one sentence.")
    low: Statement | None = Field(default=None, description="What it looks like where there is little of it.")
    high: Statement | None = Field(default=None, description="What it looks like where there is plenty.")
    evidence: list[Evidence] = Field(default=[], description="The passages that name it.")


class DiagramLayout(StrEnum):
    """How a picture is laid out: a centre with groups around it, or equal parts of one whole."""

    STAR = "star"
    QUARTERS = "quarters"


class Place(StrEnum):
    """Where a group stands, seen from the centre of a star."""

    ABOVE = "above"
    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"


class Node(Model):
    """One group or part in a picture."""

    id: Id = Field(description="Short name within the picture.")
    title: Text = Field(description="What it is called.")
    place: Place = Field(default=Place.BELOW, description="Where it stands in a star.")
    text: Text | None = Field(default=None, description="What it is, in a few words.")
    receives: Text | None = Field(default=None, description="What comes from there to the centre, in a few words.")
    gives: Text | None = Field(default=None, description="What goes there from the centre, in a few words.")
    links: list[AnyId] = Field(
        default=[], description="Ids of the entries that it stands for; the first is where the picture leads."
    )
    source: Citations = Field(description="Where it comes from, as in a statement.")


class Diagram(Model):
    """A picture of how things stand to each other; the same content stands below it as a list."""

    layout: DiagramLayout = Field(description="How it is laid out.")
    title: Text = Field(description="What it shows.")
    centre: Text = Field(description="What stands in the middle.")
    nodes: list[Node] = Field(min_length=2, description="The groups or parts, in the order of reading.")


class Section(Model):
    """One section of a guide."""

    id: Id = Field(description="Part of the address; the same in every language.")
    title: Text = Field(description="The heading.")
    body: Statement = Field(description="Paragraphs and lists.")
    diagram: Diagram | None = Field(default=None, description="A picture below the text.")


class Guide(Entry):
    """A page of prose about the handbook itself."""

    summary: Text = Field(description="What the page is for, in one sentence.")
    sections: list[Section] = Field(min_length=1, description="The sections, in order.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the page rests on.")
