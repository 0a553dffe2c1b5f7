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
    FormId,
    LevelId,
    OrganisationId,
    OutcomeId,
    RankId,
    SituationId,
)
from .types import Citation, Citations, Evidence, HeadingId, Model, PartId, Prose, Statement, Text


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


class ChecklistItem(Statement):
    """One thing to tick off."""

    daily: bool = Field(default=False, description="`true` where it stands on the morning sheet too.")


class Duty(Entry):
    """Something the holder of the post has to get done."""

    summary: Statement = Field(description="The duty in one sentence.")
    area: AreaId = Field(description="Id of the area it belongs to.")
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations in which a reader needs it, the foremost first."
    )
    why: list[Statement] = Field(min_length=1, description="Why it matters.")
    steps: list[Step] = Field(min_length=1, description="How it is done, in order.")
    checklist: list[ChecklistItem] = Field(min_length=1, description="What to tick off at the desk.")
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
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations in which a reader needs it, the foremost first."
    )
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

    id: HeadingId = Field(description="Short name within the debate.")
    title: Text = Field(description="The position in a few words.")
    claim: Statement = Field(description="What it holds, in the handbook's words.")
    setting: Text = Field(description="Where those who hold it speak from.")
    evidence: list[Evidence] = Field(min_length=1, description="Who holds it, and in which words.")


class Debate(Entry):
    """A question on which the sources disagree; the title is the question."""

    summary: Statement = Field(description="What is at issue, in one sentence.")
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations in which a reader needs it, the foremost first."
    )
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
    levels: list[AbilityLevel] = Field(default=[], description="Four described levels, from the lowest to the highest.")
    evidence: list[Evidence] = Field(default=[], description="The passages that name it.")


class FormField(Model):
    """One thing to fill in."""

    id: PartId = Field(description="Short name within the form.")
    name: Text = Field(description="What the form prints.")
    write: Text = Field(description="What to write there, and how.")
    example: Text = Field(description="What stands there in the example: plausible, and of no real place or person.")
    who: Text | None = Field(default=None, description="Who fills it in, where that is not whoever fills in the rest.")
    optional: bool = Field(default=False, description="`true` where it may stay empty.")


class Form(Entry):
    """A working paper as data: its fields, an example filled in, who signs, how long it is kept."""

    summary: Statement = Field(description="What it is for, in one sentence.")
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations in which a reader needs it, the foremost first."
    )
    duties: list[DutyId] = Field(default=[], description="Ids of the duties that use it.")
    fields: list[FormField] = Field(min_length=2, description="What is filled in, in order.")
    rows: int = Field(default=0, ge=0, description="For a register: how many empty rows a sheet has; 0 for a form.")
    signature_lines: list[Text] = Field(
        default=[], description="Who signs below the sheet, where no field has room for it: a line each, with a date."
    )
    signs: list[Statement] = Field(min_length=1, description="Who signs, and what the signature says.")
    kept: Statement = Field(description="How long it is kept, and where.")
    never: list[Statement] = Field(default=[], description="What must not stand in it.")
    boundary: list[Statement] = Field(default=[], description="The rule behind it, and whom that binds.")


class PlaybookStep(Model):
    """One thing to do, at its time."""

    when: Text = Field(description="When, counted from the trigger: `within 10 minutes`.")
    who: Text | None = Field(default=None, description="Who does it, where it is not the reader.")
    action: Text = Field(description="What is done.")
    source: Citations = Field(description="Where the step comes from, as in a statement.")


class Report(Model):
    """Whom to tell."""

    to: Text = Field(description="Who is told.")
    within: Text = Field(description="Within what time.")
    how: Text | None = Field(default=None, description="How, and with what.")
    source: Citations = Field(description="The rule that says so, or `editors`.")


class Playbook(Entry):
    """What to do when something happens."""

    trigger: Statement = Field(description="What happens, in one sentence: the reader recognises it.")
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations that it belongs to, the foremost first."
    )
    first: Statement = Field(description="The first move: one thing, at once.")
    steps: list[PlaybookStep] = Field(min_length=1, description="What then, in order.")
    words: list[Statement] = Field(default=[], description="What to say: words that can be spoken.")
    never: list[Statement] = Field(min_length=1, description="What never to do.")
    reports: list[Report] = Field(default=[], description="Whom to tell, within what time, by which rule.")
    record: list[Statement] = Field(default=[], description="What to write down.")
    ends: list[Statement] = Field(min_length=1, description="How it ends: what must be so before it is over.")
    differs: list[Difference] = Field(default=[], description="What differs by organisation type.")
    sure: Statement = Field(description="How sure this is, and what varies locally.")
    duties: list[DutyId] = Field(default=[], description="Ids of the duties behind it.")
    forms: list[FormId] = Field(default=[], description="Ids of the forms that it needs.")


class ScheduleItem(Model):
    """One thing to do at a time."""

    when: Text = Field(description="The time: `07:30`, `Friday`, `by 31 January`, `the day before`.")
    month: int | None = Field(default=None, ge=1, le=12, description="Number of the month, in a schedule of the year.")
    short: Text | None = Field(default=None, description="A few words for the picture of the year.")
    action: Text = Field(description="What is done.")
    lead: Text | None = Field(default=None, description="How long before it has to begin.")
    varies: bool = Field(default=False, description="`true` where the time differs from place to place.")
    duty: DutyId | None = Field(default=None, description="Id of the duty that says how.")
    form: FormId | None = Field(default=None, description="Id of the form that it needs.")
    source: Citations = Field(description="The rule that says so, or `editors`.")


class SchedulePart(Model):
    """One stretch of time: a day, a quarter, the first week."""

    id: HeadingId = Field(description="Part of the address; the same in every language.")
    title: Text = Field(description="The heading.")
    text: Statement | None = Field(default=None, description="What this stretch is for.")
    items: list[ScheduleItem] = Field(min_length=1, description="What is done, in order.")


class Schedule(Entry):
    """Things to do at times: of a day, a week, a year, or counted from an event."""

    summary: Statement = Field(description="What it covers, in one sentence.")
    situations: list[SituationId] = Field(
        default=[], description="Ids of situations that it belongs to, the foremost first."
    )
    parts: list[SchedulePart] = Field(min_length=1, description="The stretches of time, in order.")
    boundary: list[Statement] = Field(default=[], description="The rule or limit that applies.")


class DocumentKind(Entry):
    """A kind of official document: when it is used, and when it is not."""

    summary: Statement = Field(description="What it is for, in one sentence.")
    direction: Text = Field(description="Which way it goes: up, down, between equals.")
    used: list[Statement] = Field(min_length=1, description="When it is used.")
    unused: list[Statement] = Field(default=[], description="When another kind is right, and which.")
    holds: list[Statement] = Field(default=[], description="What it may and may not contain.")


class AbilityLevel(Model):
    """One described level of an ability."""

    title: Text = Field(description="What the level is called.")
    text: Statement = Field(description="What somebody at this level does, so that it can be seen.")
    next: list[AnyId] = Field(default=[], description="Ids of what to read and practise for the next level.")
    practise: Statement | None = Field(default=None, description="What to practise for the next level.")


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

    id: PartId = Field(description="Short name within the picture.")
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


class SpecimenLook(StrEnum):
    """How a part of a specimen looks and where it stands."""

    LEFT = "left"
    RIGHT = "right"
    BANNER = "banner"
    NUMBER = "number"
    RULE = "rule"
    TITLE = "title"
    ADDRESSEE = "addressee"
    BODY = "body"
    SIGNATURE = "signature"
    FOOT = "foot"


class SpecimenPart(Model):
    """One line or block of a specimen sheet."""

    id: PartId = Field(description="Short name within the specimen.")
    look: SpecimenLook = Field(description="How it looks and where it stands.")
    text: Text = Field(description="What is printed there, invented.")
    name: Text = Field(description="What the part is called.")
    note: Text = Field(description="What the rule says of it.")
    source: Citations = Field(description="Where the rule is.")


class Specimen(Model):
    """A sheet of paper with its parts named; the same content stands beside it as a list."""

    title: Text = Field(description="What it shows.")
    parts: list[SpecimenPart] = Field(min_length=2, description="The parts from top to bottom.")


class Section(Model):
    """One section of a guide."""

    id: HeadingId = Field(description="Part of the address; the same in every language.")
    title: Text = Field(description="The heading.")
    body: Prose = Field(description="Paragraphs and lists.")
    diagram: Diagram | None = Field(default=None, description="A picture below the text.")
    specimen: Specimen | None = Field(default=None, description="A specimen sheet below the text.")


class Guide(Entry):
    """A page of prose about the handbook itself."""

    summary: Text = Field(description="What the page is for, in one sentence.")
    sections: list[Section] = Field(min_length=1, description="The sections, in order.")
    evidence: list[Evidence] = Field(default=[], description="The passages that the page rests on.")
