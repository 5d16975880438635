"""The section `notices:`: what goes where."""

import pytest

from stanch.core.channels import PAGED, ROUTED, Channel, Kind, Notices
from stanch.core.config import Config, Source, load
from stanch.core.config_check import NO_SECRETS
from stanch.core.config_problems import Value
from stanch.core.config_remarks import remarks
from stanch.core.severity import Severity


def config_of(section: Value) -> Config:
    loaded = load(Source(value={"notices": section}))
    assert loaded.problems == ()
    return loaded.config


def test_nothing_written_is_the_default() -> None:
    """Slack hears everything of a SEV-1 and a SEV-2, the others what wakes people; of the rest nothing is told."""
    for section in (None, {}, {"slack": None}, {"slack": {}, "webhook": {}}):
        assert config_of(section).notices == Notices()
    usual = Notices()
    assert {usual.kinds(Channel.SLACK, one) for one in (Severity.SEV_1, Severity.SEV_2)} == {frozenset(ROUTED)}
    assert {usual.kinds(Channel.WEBHOOK, one) for one in (Severity.SEV_1, Severity.SEV_2)} == {frozenset(PAGED)}
    assert {usual.kinds(one, Severity.SEV_3) for one in Channel} == {frozenset()}


def test_each_severity_of_each_channel_is_decided_alone() -> None:
    """All, none, or some; a bot and a webhook of Slack are one service."""
    written: Value = {"slack": {"sev-1": ["resolved"], "sev-3": "all"}, "pagerduty": {"sev-1": "none", "sev-2": []}}
    notices = config_of(written).notices
    for slack in (Channel.SLACK, Channel.SLACK_BOT):
        assert notices.kinds(slack, Severity.SEV_1) == {Kind.RESOLVED}
        assert notices.kinds(slack, Severity.SEV_2) == notices.kinds(slack, Severity.SEV_3) == frozenset(ROUTED)
    assert {notices.kinds(Channel.PAGERDUTY, severity) for severity in Severity} == {frozenset()}


def test_what_belongs_to_a_channel_is_handed_to_it_alone() -> None:
    """An id, a region, hosts."""
    written: Value = {
        "slack": {"channel": "C0123456789"},
        "pagerduty": {"region": "eu"},
        "webhook": {"hosts": ["a.example"]},
    }
    notices = config_of(written).notices
    assert [notices.to(channel) for channel in Channel] == [(), ("C0123456789",), ("eu",), ("a.example",)]


@pytest.mark.parametrize(
    ("section", "quiet"),
    [
        ({}, False),
        ({"pagerduty": {"sev-1": "none"}}, False),
        ({"webhook": {"sev-1": ["resolved"]}}, False),
        ({"pagerduty": {"sev-1": "none"}, "webhook": {"sev-1": ["resolved"]}}, True),
        ({"pagerduty": {"sev-1": ["escalated"]}, "webhook": {"sev-1": "none"}}, True),
    ],
)
def test_a_sev_1_that_wakes_nobody_is_said(section: Value, quiet: bool) -> None:
    """Where its declaration is routed to nothing that makes a noise."""
    told = [remark for remark in remarks(config_of(section)) if "makes a noise" in remark.message]
    assert [remark.path for remark in told] == [("notices",)] * quiet


ADVICE = f"write all, none, or a list of some of {', '.join(ROUTED)}"


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"slak": {}}, 'unknown key "slak"; did you mean "slack"?'),
        (
            {"slack": {"sev-1": "everything"}},
            f'notices.slack.sev-1 is "everything"; {ADVICE}',
        ),
        (
            {"slack": {"sev-1": ["declared", "resolvd"]}},
            f'notices.slack.sev-1 holds "resolvd"; {ADVICE}; did you mean "resolved"?',
        ),
        (
            {"pagerduty": {"sev-1": ["resolved"]}},
            'notices.pagerduty.sev-1 holds "resolved"; write all, none, or a list of some of declared, escalated',
        ),
        (
            {"slack": {"sev-1": [["declared"]]}},
            f"notices.slack.sev-1 holds a list; {ADVICE}",
        ),
        (
            {"slack": {"channel": "#incidents"}},
            'notices.slack.channel is "#incidents"; write the channel\'s id, such as C0123456789: '
            "Slack shows it below the channel's details",
        ),
        ({"pagerduty": {"region": "uk"}}, 'notices.pagerduty.region is "uk"; write one of us, eu'),
        (
            {"webhook": {"hosts": ["https://a.example/x"]}},
            "notices.webhook.hosts[1] is an address or a key, which is not repeated here; write a host in lower case "
            "such as hooks.example.com, without https:// and path",
        ),
        ({"webhook": {"hosts": []}}, "notices.webhook.hosts is empty; name at least one"),
        ({"webhook": {"hosts": None}}, "notices.webhook.hosts is empty; write a list, such as [one, two]"),
        ({"slack": {"sev-1": None}}, f"notices.slack.sev-1 is empty; {ADVICE}"),
        ({"webhook": {"url": "https://a.example"}}, f'unknown key "url"; {NO_SECRETS}'),
        ({"pagerduty": {"keys": "0" * 32}}, 'unknown key "keys"; known here: region, sev-1, sev-2, sev-3, sev-4'),
    ],
)
def test_what_is_wrong_is_said(section: Value, message: str) -> None:
    """Each mistake with its place, what it is, and what to write."""
    loaded = load(Source(value={"notices": section}))
    assert [problem.message for problem in loaded.problems] == [message]
    assert loaded.config.notices == Notices()


SECRETS = ("https://hooks.slack.com/services/T0/B0/canary", "xoxb-1-canary", f"canary{'0' * 26}")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_in_the_file_is_never_repeated(secret: str) -> None:
    """What is wrong with a file stands on the card and in logs, where more people read it than the file."""
    nests: list[Value] = [secret, [secret], {"url": secret}, {"slack": secret}, {"slack": {"channel": secret}}]
    nests += [{"slack": {"sev-1": secret}}, {"slack": {"sev-1": [secret]}}, {"slack": {secret: "all"}}, {secret: {}}]
    nests += [{"webhook": {"hosts": secret}}, {"webhook": {"hosts": [secret]}}, {"pagerduty": {"region": secret}}]
    for section in nests:
        (problem,) = load(Source(value={"notices": section})).problems
        assert "canary" not in problem.message


def test_it_counts_whatever_else_is_wrong() -> None:
    """A typo elsewhere does not take the channel from a bot."""
    loaded = load(Source(value={"notices": {"slack": {"channel": "C0123456789"}}, "serv": 1}))
    assert (len(loaded.problems), loaded.config.notices.slack_channel) == (1, "C0123456789")
