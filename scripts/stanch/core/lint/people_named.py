"""Who is a person in a text: a handle, somebody of the team or the document, a given name that nothing else bears."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from stanch.core.lint.phrases import SPACE, any_of
from stanch.core.lint.report import Report

_COMMON = """
    Aaron Adam Adrian Ahmed Aisha Alan Albert Alejandro Aleksandra Alex Alexander Alexandra Alexey Alice Alina
    Amanda Amir Amit Amy Ana Andrea Andreas Andrei Andrew Andy Angela Anita Anna Anne Anthony Antonio Anya Arjun
    Arthur Arun Ashley Asha Barbara Ben Benjamin Bernd Bjorn Björn Bob Boris Brandon Brian Bruno Carla Carlos Carmen
    Caroline Catherine Charlie Charlotte Chen Chloe Chris Christian Christina Christine Christopher Claire Claudia
    Craig Cristina Dan Daniel Daniela Dave David Deepak Denise Dennis Diana Diego Dimitri Dmitry Dominik Donald
    Elena Eli Elizabeth Ella Emily Emma Eric Erik Erika Ethan Eva Fatima Felix Fernando Filip Florian Francesca
    Francesco Frank Gabriel Gary George Gina Giulia Grace Greg Gustavo Hannah Hans Harry Heather Helen Helena Henrik
    Henry Hiroshi Hugo Ian Ibrahim Ingrid Irina Isabel Ivan Jack Jacob James Jan Jane Jason Javier Jeff Jennifer
    Jenny Jens Jeremy Jessica Jill Jim Joanna Joe Johan Johannes John Jon Jonas Jonathan Jordan Jorge Jose José
    Joseph Josh Joshua Juan Julia Julie Justin Karen Karin Karl Kate Katharina Katie Keith Kelly Ken Kenji Kevin
    Khalid Kim Krishna Kristina Lars Laura Lauren Lea Lena Leo Leon Liam Lina Linda Lisa Louise Lucas Lucia Lukas
    Luis Maja Manuel Marco Marcus Margaret Maria María Marie Mark Markus Marta Martha Martin Mary Mateo Matt Matteo
    Matthew Matthias Maya Mehmet Melissa Mia Michael Michelle Miguel Mike Mohamed Mohammed Monica Morgan Nadia Nancy
    Natalia Natasha Nathan Neha Nicholas Nick Nicole Nikhil Nina Noah Oleg Olga Oliver Olivia Omar Oscar Pablo
    Patricia Patrick Paul Paula Pedro Peter Philip Philipp Pierre Priya Rachel Rahul Raj Rajesh Rebecca Ricardo
    Richard Robert Roberto Rohan Roman Ryan Sam Samantha Samuel Sandra Sanjay Sara Sarah Scott Sean Sebastian Sergei
    Sergey Shreya Simon Sofia Sophie Stefan Stefanie Stephen Steve Steven Sunil Susan Sven Tanya Tatiana Thomas Tim
    Timothy Tina Tobias Tom Tomas Tony Valentina Vanessa Victor Victoria Vijay Vikram Vladimir Wei Wendy William
    Wolfgang Xavier Yuki Yusuf Zoe
"""
GIVEN = frozenset(_COMMON.split())
"""Common given names, without those that software bears too, such as Travis, Ruby, Percy, Jasper, Jenkins or Sentry."""

HANDLE = r"(?<![\w/.@`-])@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?![\w/@.-]\w)"
"""A mention, which neither an address nor a package such as `@scope/name` is."""

_JOBS = any_of(
    "engineer, engineers, developer, developers, sysadmin, administrator, dba, on-caller, on-call, reviewer",
    "reviewers, author, authors, intern, contractor, employee, technician, colleague, programmer, tester, person",
    "team member, staff member, project manager, product manager, engineering manager, incident manager",
    "release manager",
)
_WHOSE = any_of(
    "the, our, a, an, one, that, this, another, each, his, her, their, second, first, primary, secondary, senior",
    "junior, new",
)
_ON_DUTY = any_of("on-call, on-duty, on shift, in charge, responsible")
ROLE = rf"{_WHOSE}(?:{SPACE}[\w-]{{2,16}}){{0,2}}?{SPACE}{_JOBS}(?:{SPACE}{_ON_DUTY})?"
"""Somebody by the job: `the on-call engineer`; to be read without regard to case."""

_FIELD = re.compile(
    r"[ \t>|]*(?:[-*+•][ \t]+)?[*_]{0,3}"
    + any_of(
        "author, authors, author(s), lead, incident lead, incident commander, commander, incident manager",
        "incident owner, owner, reporter, reported by, written by, responder, responders, on-call",
        "on-call engineer, participants, scribe",
    )
    + r"[*_]{0,3}[ \t]*[:|](.{1,300})",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w@])([A-Z][a-z\u00df-\u00ff]{2,20})(?: [A-Z][\w\u00df-\u00ff'\u2019-]{1,30})?(?!\w)")
_ROLES = """
    Team Group The And Our All Engineering Engineer Engineers Platform Infrastructure Infra Support Security
    Operations Ops Backend Frontend Data Cloud Core Product Unknown None Nobody Everyone Slack Github Monitoring
    Automation Release Network Database Payments Billing Service Services Site Reliability Devops Incident Lead
    Manager Commander Primary Secondary Customer Success Internal External Not Who Name Owner Author Staff Senior
    Principal
"""
_NO_NAMES = frozenset(_ROLES.split())
"""What stands where a name is expected, and is none."""


def people_of(report: Report) -> re.Pattern[str]:
    """What finds a person that is named in this document."""
    return _finding(GIVEN | set(_written_down(report)))


@lru_cache(maxsize=16)
def _finding(names: frozenset[str]) -> re.Pattern[str]:
    """What finds any of these names: hundreds of them, and the same ones for document after document."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"{HANDLE}|(?<![\w@/.`-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/]|-\w|\.\w)")


def _written_down(report: Report) -> Iterator[str]:
    """The names in lines such as `Authors: ...`, and the first names of owners who have two."""
    fields = (_FIELD.match(line[:400]) for line in report.shown)
    yield from _names(found[1] for found in fields if found)
    yield from (name for item in report.items[:200] for name in _names(item.owners) if len(item.owners[0].split()) == 2)
    yield from (login.capitalize() for login in report.about.people if login.isalpha() and len(login) > 2)


def _names(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (found[1] for found in _NAME.finditer(text[:400]) if found[1] not in _NO_NAMES)
