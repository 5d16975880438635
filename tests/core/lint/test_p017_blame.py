"""P017: no person is blamed, and no system is taken for one."""

import pytest
from tests.lint_documents import GOOD, TODAY, findings, whys, with_section

from stanch.core.lint import About


def said(text: str) -> str:
    return with_section("Contributing factors", text)


BLAMES = {
    "a name should have": ("Alex should have checked the changelog.", ["should"]),
    "a full name": ("Alex Smith should have asked for a review.", ["should"]),
    "a handle": ("@sam should have run the tests.", ["should"]),
    "a role": ("The engineer should have noticed the alert.", ["should"]),
    "a role on call": ("The on-call engineer should have escalated.", ["should"]),
    "he": ("He should have known better.", ["should"]),
    "someone": ("Someone should have caught this.", ["should"]),
    "I": ("I should have tested it in staging.", ["should"]),
    "never": ("The developer should never have merged this.", ["should"]),
    "not": ("Jordan shouldn't have deployed on a Friday.", ["should"]),
    "ought": ("The reviewer ought to have read it.", ["should"]),
    "over two lines": ("The release manager should\nhave waited.", ["should"]),
    "forgot": ("Alex forgot to renew the certificate.", ["forgot"]),
    "a role forgot": ("The developer forgot to update the config.", ["forgot"]),
    "had forgotten": ("She had forgotten the migration.", ["forgot"]),
    "failed to": ("The engineer failed to follow the runbook.", ["forgot"]),
    "neglected": ("Our administrator neglected to rotate the key.", ["forgot"]),
    "did not bother": ("He didn't bother to tell anybody.", ["forgot"]),
    "did not check": ("The reviewer did not check the limits.", ["forgot"]),
    "human error": ("This was human error.", ["word"]),
    "due to human error": ("The outage was due to a human error during maintenance.", ["word"]),
    "operator error": ("Cause: operator error.", ["word"]),
    "an operator's error": ("It was caused by operator error at night.", ["word"]),
    "careless": ("A careless change took the site down.", ["word"]),
    "negligence": ("It was negligence.", ["word"]),
    "twice in a line": ("Alex forgot it, and Jordan should have noticed.", ["forgot", "should"]),
    "in bold": ("**Alex** should have checked it.", ["should"]),
    "in a list": ("- Alex forgot to renew it\n- it was human error", ["forgot", "word"]),
    "in a table": ("| What | Why |\n|---|---|\n| outage | human error |", ["word"]),
    "in a heading": ("### Human error", ["word"]),
    "in an item": ("- [ ] Tell Sam that he should have asked", ["should"]),
    "a dear colleague": ("Our new colleague forgot the flag.", ["forgot"]),
}
SPARES = {
    "a good document": "No test ran against production.",
    "an alert should have": "The alert should have fired four minutes earlier.",
    "a job failed": "The job failed to start, and the scheduler forgot its lease.",
    "a tool with a name": "Travis failed to check out, Jenkins should have retried, and Kubernetes forgot the pod.",
    "a software operator": "The operator failed to reconcile, and the cluster manager should have restarted it.",
    "errors of a software operator": "The log of the database operator error handler shows Operator errors.",
    "a machine's agent": "The agent failed to report, the responder failed to answer.",
    "we": "We should have tested this, and we forgot the cache.",
    "the team": "The team should have had an alert.",
    "users": "Users failed to log in, and some forgot their password.",
    "a customer": "The customer should have seen an error page.",
    "should have been told": "The engineer should have been paged at once.",
    "should have had": "The on-call engineer should have had access to the console.",
    "should have received": "Alex should have received the page.",
    "what somebody could not do": "Alex failed to reproduce it, and the engineer failed to reach the vendor.",
    "in a code span": "The log says `Alex should have checked` and `human error`.",
    "in a fence": "```\nAlex forgot it. human error\n```",
    "in a quotation": "> Alex should have checked it. Human error!",
    "in quotation marks": 'Somebody wrote "Alex should have checked it" and “human error”.',
    "in single quotation marks": "It was filed as 'human error' at first.",
    "in a comment": "<!-- Alex forgot it -->",
    "a chat log": "12:03 <sam> I should have checked\n12:04 <kim> I forgot too",
    "another chat log": "[12:03] sam: I should have checked\n[12:04] kim: it was human error",
    "a third": "sam [12:03]: I forgot the flag",
    "initials": "12.03 SK I should have asked\n12.04 AB: I forgot\n12.05 SK no worries\n\nI should have asked you",
    "no human error": "It was not human error.",
    "rather than human error": "We look for causes rather than human error.",
    "prone to": "The step is prone to human error.",
    "to prevent": "Automate it to prevent human error.",
    "a risk of": "There is a high risk of human error.",
    "one among others": "Fibres get cut by diggers, storms, human error and mice.",
    "nobody was careless": "Nobody was careless.",
    "negligible": "The impact was negligible.",
    "an error rate": "The human error rate is 3 %.",
    "if": "If Alex should have approved it, the form did not say so.",
    "a name that is a word": "Mark should haves in red, grace periods failed to apply.",
    "an address": "See https://example.com/human-error and alex-should-have.md.",
    "a file": "`forgot_password.py` failed to import.",
    "a forgotten thing": "A forgotten cron job failed to stop.",
    "should have to": "No engineer should have to remember this.",
    "front matter": "The note says nothing.",
}


@pytest.mark.parametrize("name", BLAMES)
def test_blame_is_found(name: str) -> None:
    """A person who is said to have left something out, and words that explain nothing."""
    text, expected = BLAMES[name]
    assert whys("P017", said(text)) == expected


@pytest.mark.parametrize("name", SPARES)
def test_nobody_is_blamed(name: str) -> None:
    """Systems, tools, users, the team as a whole, what somebody was not given, and what others said."""
    assert whys("P017", said(SPARES[name])) == []


def test_the_place_and_the_words_are_told() -> None:
    """The line and the column, so that an editor jumps there, and the phrase without its line break."""
    (one,) = findings(said("So far so good. The release manager should\nhave waited."), codes=("P017",))
    assert (one.line, one.line_end, one.column) == (28, 29, 17)
    assert one.values["phrase"] == "The release manager should have waited"


def test_front_matter_is_not_read() -> None:
    """What a site generator is told is nobody's reproach."""
    assert whys("P017", "---\ntitle: human error\n---\n\n" + GOOD) == []


def test_the_team_is_known() -> None:
    """A login of the config is a person, and so is an author whom the document names."""
    text = said("Zephyrine forgot the flag.")
    assert whys("P017", text) == []
    assert whys("P017", text, About(TODAY, people=frozenset({"zephyrine"}))) == ["forgot"]
    assert whys("P017", text.replace("Alex, Jordan", "Zephyrine Miller")) == ["forgot"]
