"""The views of the doctor: everything that each check can say, as the tables of its tests make it say it."""

from tests.core.doctor.cases import CASES
from tests.inspections import healthy

from stanch.core.doctor.checks import CODES, examine
from stanch.core.doctor.finding import Finding, Verdict, row
from stanch.core.doctor.inspection import Unknown, Why
from stanch.core.wanted import Text

URL = "https://github.com/harbour/checkout"
GAPS = [Unknown("the labels", why) for why in Why]


def _first() -> dict[str, Finding]:
    """The first finding of every kind."""
    kinds: dict[str, Finding] = {}
    for seen, _ in CASES.values():
        for one in examine(seen):
            kinds.setdefault(f"{one.code} {one.why}", one)
    return kinds


FOUND = _first()
UNTOLD = [next(one for one in examine(healthy(labels=gap)) if one.code == "D018") for gap in GAPS]


def rows(found: list[Finding]) -> list[dict[str, object]]:
    return [row(one, URL) for one in found]


def _of(code: str) -> list[Finding]:
    return [one for kind, one in FOUND.items() if kind.startswith(f"{code} ")]


def _end(mendable: int = 0, **counts: int) -> Text:
    none = {verdict.value: 0 for verdict in Verdict}
    fine, checks = len(CODES) - sum(counts.values()), len(CODES)
    return Text("summary/doctor_end", {**none, **counts, "fine": fine, "checks": checks, "mendable": mendable})


LINES = {"done": "new label sev-1", "would": "new label sev-1", "left": "new ruleset stanch for main"} | {
    "refused": "new label sev-1: GitHub answered 403",
    "arrived": "slack",
    "lost": "pagerduty: it was not answered",
    "no_channel": "",
    "ask": "",
}
LABELS, PEOPLE = FOUND["D018 missing"], FOUND["D022 gone"]

DOCTOR = {
    **{f"summary/doctor_findings-{code}": Text("summary/doctor_findings", {"rows": rows(_of(code))}) for code in CODES},
    "summary/doctor_findings-unknown": Text("summary/doctor_findings", {"rows": rows(UNTOLD)}),
    "summary/doctor_check": Text("summary/doctor_check", {"code": "D018", "verdict": Verdict.FAULT.value}),
    "summary/doctor_name": Text("summary/doctor_name", {"code": "D018"}),
    "summary/doctor_part-what": Text("summary/doctor_part", {"part": "what", "row": rows([LABELS])[0]}),
    "summary/doctor_part-fix": Text("summary/doctor_part", {"part": "fix", "row": rows([LABELS])[0]}),
    "summary/doctor_checks": Text("summary/doctor_checks", {"codes": list(CODES)}),
    **{
        f"summary/doctor_line-{kind}": Text("summary/doctor_line", {"kind": kind, "text": text})
        for kind, text in LINES.items()
    },
    "summary/doctor_end": _end(),
    "summary/doctor_end-found": _end(fault=2, warning=1, unknown=1, mendable=1),
    "summary/doctor_end-one": _end(fault=1, warning=2),
    "summary/doctor_end-unknown": _end(unknown=5),
    "issues/setup": Text("issues/setup", {"faults": rows([LABELS, PEOPLE]), "warnings": rows([FOUND["D014 old"]])}),
    "issues/setup-alone": Text("issues/setup", {"faults": rows([PEOPLE]), "warnings": []}),
    "issues/setup_title": Text("issues/setup_title"),
    "notices/test": Text("notices/test", {"repository": "harbour/checkout"}),
}
