"""What the simple sections of the config decide: what was written, over the defaults."""

from collections.abc import Mapping

from stanch.core.clock import Calendar
from stanch.core.config_hotfix import HotfixRules
from stanch.core.config_model import Forms, Hotfix, Labels, Team


def calendar(team: Team) -> Calendar:
    """When the team works."""
    usual = Calendar()
    return Calendar(
        zone=team.zone,
        days=usual.days if team.days is None else frozenset(team.days),
        opening=team.hours[0],
        closing=team.hours[1],
        holidays=frozenset(team.holidays or ()),
    )


def lists(section: Labels | Forms) -> Mapping[str, tuple[str, ...]]:
    """The lists of a section by the key that they are written under."""
    return {name.replace("_", "-"): tuple(items) for name, items in section if items}


def listed(written: list[str] | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """An empty list is a decision, an absent one is none."""
    return usual if written is None else tuple(written)


def hotfix(written: Hotfix) -> HotfixRules:
    """What a hotfix is here."""
    usual = HotfixRules()
    return HotfixRules(
        branch=written.production_branch,
        prefix=written.branch_prefix,
        others=listed(written.other_branches, usual.others),
        maintainers=tuple(written.maintainers or ()),
        flags=tuple(written.flags or ()),
        tests=listed(written.tests, usual.tests),
        generated=listed(written.generated, usual.generated),
        migrations=listed(written.migrations, usual.migrations),
        ten_minutes=written.ten_minutes,
        every=tuple(written.every_pull or ()),
    )
