"""`stanch postmortem new`: the report of an incident, printed; nothing is written to GitHub."""

from dataclasses import dataclass
from pathlib import Path

from stanch.app.desk import Desk
from stanch.app.road import gather, with_runs
from stanch.core.case import Case, case_of
from stanch.core.client_story import client_story
from stanch.core.clocks import postmortem_deadline
from stanch.core.config_postmortem import Layout
from stanch.core.errors import UsageProblem
from stanch.core.incident import Incident
from stanch.core.run_questions import commits_of
from stanch.core.story import story
from stanch.core.wanted import Text
from stanch.render.own_words import OwnWords


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed of an incident: for a client, short, in a layout, or as the team has decided."""

    issue: int
    layout: Layout | None = None
    short: bool = False
    client: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The text in Markdown, and what is wrong with the team's configuration and templates."""

    text: str
    problems: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        return 2 if self.problems else 0


def ordered(issue: int, layout: str | None, *, short: bool, client: bool) -> Order:
    """An order that can be carried out. Raises UsageProblem when it contradicts itself."""
    if sum((layout is not None, short, client)) > 1:
        raise UsageProblem("--layout, --short and --client each say which text is wanted. Give one of them.")
    return Order(issue, Layout(layout) if layout else None, short, client)


def new(desk: Desk, order: Order) -> Report:
    """Read an incident and fill the text. Raises UsageProblem when there is none, and what reading raises."""
    case = case_of(gather(desk, desk.reader.thread(order.issue)))
    commits = () if order.client else commits_of(_incident(case), case.snapshot.repository)
    case = case_of(with_runs(desk, case.snapshot, commits)) if commits else case
    incident = _incident(case)
    words = OwnWords(desk.words, case.snapshot.repository.templates)
    text = words(_text(case, incident, order))
    return Report(text, (*case.snapshot.problems, *words.problems))


def _incident(case: Case) -> Incident:
    if case.postmortem is not None:
        of = f": name its incident, #{case.postmortem.incident}" if case.postmortem.incident else ": name its incident"
        raise UsageProblem(f"#{case.number} is a post-mortem itself{of}.")
    if case.incident is None or case.incident.declared is None:
        raise UsageProblem(f"#{case.number} is no incident: nobody has given it a severity. Name one that has.")
    return case.incident


def _text(case: Case, incident: Incident, order: Order) -> Text:
    if order.client:
        return Text("postmortem/client", client_story(incident, case.config))
    decided = case.config.postmortem.layout_of(incident.highest)
    brief = order.short or (order.layout is None and incident.resolved is None)
    layout = Layout.SHORT if brief else order.layout or decided
    due = postmortem_deadline(incident, case.config)
    return Text(f"postmortem/{layout}", {**story(incident, case.config), "due": due, "interim": False})


def keep(text: str, file: str) -> None:
    """Write the text to a file. Raises UsageProblem when it cannot be written, or would cost what stands there."""
    try:
        if Path(file).is_file() and Path(file).read_bytes() not in {b"", text.encode("utf-8")}:
            raise UsageProblem(f"{file} is there already and says something else. Name another, or remove it first.")
        Path(file).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise UsageProblem(f"{file} cannot be written: {why}. Name a file in a folder that exists.") from problem
