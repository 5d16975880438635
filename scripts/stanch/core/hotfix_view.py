"""The pull requests of an incident as plain values, as the card and the post-mortem tell of them."""

from stanch.core.hotfixes import Hotfix
from stanch.core.incident import Incident
from stanch.core.works import LinkedWork

FAILURE = "failure"
"""What is to be verified once a hotfix is in production."""


def pulls_view(incident: Incident) -> list[dict[str, object]]:
    """Every linked pull request, then what only a fact still tells of."""
    facts = {one.pull: one for one in incident.hotfixes}
    works = {work.number: work for work in incident.works}
    return [_pull(incident, works.get(number), facts.get(number)) for number in {**works, **facts}]


def hotfixes_view(incident: Incident) -> list[dict[str, object]]:
    """Those alone that the gate told of."""
    works = {work.number: work for work in incident.works}
    return [_pull(incident, works.get(one.pull), one) for one in incident.hotfixes]


def awaited(incident: Incident) -> list[int]:
    """The merged hotfixes that are not in production yet, where production is recorded at all."""
    merged = [one.pull for one in incident.hotfixes if one.merged and one.live_at is None]
    return merged if incident.production_known else []


def _pull(incident: Incident, work: LinkedWork | None, fact: Hotfix | None) -> dict[str, object]:
    merged = fact.merged if fact else None
    return {
        "number": work.number if work else fact.pull if fact else 0,
        "title": work.title if work else merged.title if merged else "",
        "by": work.by if work else "",
        "state": _state(incident, work, fact),
        "kind": merged.kind if merged else "",
        "merged_at": merged.at if merged else work.merged_at if work else None,
        "merged_by": merged.by if merged else "",
        "live_at": merged.live if merged else None,
        "unverified": fact is not None and _unverified(incident, fact),
        "open_rules": list(merged.open) if merged else [],
        "skipped": list(merged.skipped) if merged else [],
        "waived": [{"rule": one.rule, "by": one.by, "why": one.why} for one in fact.waived] if fact else [],
    }


def _state(incident: Incident, work: LinkedWork | None, fact: Hotfix | None) -> str:
    """How far it has come: open, closed, merged (nothing more is known), waiting, unrecorded or live."""
    if fact is not None and fact.merged is not None:
        waiting = "waiting" if incident.production_known else "unrecorded"
        return "live" if fact.live_at else waiting
    if work is None:
        return ""
    if work.merged_at is not None:
        return "merged"
    return "open" if work.open else "closed"


def _unverified(incident: Incident, fact: Hotfix) -> bool:
    """Whether nobody has looked, since it is in production, whether the failure is gone."""
    seen = incident.verified.get(FAILURE)
    return fact.live_at is not None and incident.burning and (seen is None or seen.at < fact.live_at)
