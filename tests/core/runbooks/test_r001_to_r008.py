"""Rules R001 to R008: what a page has to say, and in which order."""

from tests.runbook_pages import (
    GOOD,
    HANDBOOK,
    OTHER,
    PAGE,
    PAGES,
    PATH,
    SPIKE,
    Table,
    Told,
    changed,
    library,
    said,
    section,
    without,
)

NO_PEOPLE = Told("")
BARE = "---\nowner: alex\n---\n\n# Title\n"

QUESTIONS: Table = {
    "all are answered": (library(PAGES), []),
    "by the config alone": (
        library({}, Told("people: [alex]\nservices: {web: {look: [https://a.example], rollback: git revert}}")),
        ["severities@1", "tell@1"],
    ),
    "by nothing": (library({}, NO_PEOPLE), ["look@1", "on-call@1", "roll-back@1", "severities@1", "tell@1"]),
    "by empty sections": (
        library({PATH: BARE + "\n## First look\n\n## Roll back\n\n## Escalate\n\n# Severities\n"}, NO_PEOPLE),
        ["look@1", "on-call@1", "roll-back@1", "severities@1", "tell@1"],
    ),
    "by headings of the handbook": (
        library({HANDBOOK: PAGE + "\n## On-call\n\n## Whom we tell\n"}, NO_PEOPLE),
        ["look@1", "roll-back@1"],
    ),
    "by a page without front matter": (library({"runbooks/README.md": "# Who is called\n"}, NO_PEOPLE),
        ["look@1", "roll-back@1", "severities@1", "tell@1"]),
    "by severities of the team's own": (
        library({}, Told("severities: {sev-1: {update: 10m}}")),
        ["look@1", "on-call@1", "roll-back@1", "tell@1"],
    ),
    "by a rota": (
        library({}, Told("oncall: {people: [alex, jordan]}")),
        ["look@1", "roll-back@1", "severities@1", "tell@1"],
    ),
}  # fmt: skip

FRONT: Table = {
    "nothing wrong": (library(PAGES), []),
    "an unknown key": (changed("severity: sev-2", "sevrity: sev-2"), ["problem@8"]),
    "two things": (changed("owner: alex\n", "owner: '@alex'\nage: 3\n"), ["problem@10", "problem@9"]),
    "an anchor": (changed("owner: alex", "owner: &a alex"), ["problem@9"]),
    "a day beyond all reckoning": (changed("2026-03-01", "9999-12-31"), ["problem@10"]),
    "a day before there was anything": (changed("2026-03-01", "0001-01-01"), ["problem@10"]),
    "no end": (library({PATH: "---\nowner: alex\n"}), ["problem@1"]),
    "no text": (library({PATH: b"\0"}), ["problem@1"]),
    "no front matter": (library({PATH: "# Title\n"}), []),
    "a name that is shared": (library({PATH: GOOD, "runbooks/old/high-latency.md": GOOD}), ["problem@1"]),
    "a name with a space": (library({"runbooks/high latency.md": GOOD}), ["problem@1"]),
    "a handbook page of any name": (library({"runbooks/On call.md": PAGE}), []),
}

SECTIONS: Table = {
    "all there": (library(PAGES), []),
    "others between": (changed("## Verify", "## Background\n\nText.\n\n## Verify"), []),
    "in other spellings": (changed("## Roll back", "## rollback:"), []),
    "with underlines": (changed("## Roll back", "Roll back\n---------"), []),
    "one is missing": (without("Verify"), ["missing@13"]),
    "none is there": (library({PATH: BARE}), ["missing@4"]),
    "a deeper heading is none": (changed("## Verify", "### Verify"), ["missing@13"]),
    "a heading in code is none": (changed("## Verify", "```sh\n## Verify\n```\n\nExpect: x"), ["missing@13"]),
    "a heading in a quote is none": (changed("## Verify", "> ## Verify"), ["missing@13"]),
    "one is empty": (section("Escalate", ""), ["empty@58"]),
    "one has a comment only": (section("Escalate", "<!-- whom? -->"), ["empty@58"]),
    "one waits": (section("Escalate", "TBD"), ["empty@58"]),
    "a subsection is something": (section("Escalate", "### At night\n\nThe secondary."), []),
    "one is there twice": (changed("## Escalate", "## Verify\n\nAgain.\n\n## Escalate"), ["twice@58"]),
    "one stands too late": (changed("## Verify", "## First look:\n\n## Verify"), ["twice@48"]),
    "two have changed places": (
        library(
            {
                **PAGES,
                PATH: GOOD.replace("## Verify", "## X")
                .replace("## Mitigate", "## Verify")
                .replace("## X", "## Mitigate"),
            }
        ),
        ["order@48"],
    ),
    "no title": (changed("# High latency\n", ""), ["untitled@13"]),
    "a page of the handbook needs a title only": (changed("# Severities\n", "", HANDBOOK), ["untitled@7"]),
    "a page without front matter needs none": (library({"runbooks/README.md": "text"}), []),
}

COMMANDS: Table = {
    "each has one": (library(PAGES), []),
    "in another language": (section("Verify", "```python\nprint(1)\n```\n\nExpect: 1."), []),
    "only words": (section("Verify", "Look at the dashboard."), ["none@48"]),
    "only a span": (section("Verify", "Run `uptime`."), ["none@48"]),
    "only output": (section("Verify", "```text\nok\n```"), ["none@48"]),
    "only a diagram": (section("Diagnose", "```mermaid\nflowchart TD\n  a\n```"), ["none@26"]),
    "a fence without a language": (section("Verify", "```\nuptime\n```"), ["unnamed@50"]),
    "an empty fence": (section("Verify", "```sh\n\n```"), ["none@48"]),
    "an empty section is told as such": (section("Verify", ""), []),
    "a missing section is told as such": (without("Verify"), []),
    "a first look needs none": (section("First look", "The dashboard."), []),
    "in a quote there is none": (section("Verify", "> ```sh\n> uptime\n> ```"), []),
}

EXPECTATIONS: Table = {
    "in words, as output, as a comment": (library(PAGES), []),
    "nothing below": (section("Verify", "```sh\nuptime\n```"), ["none@50"]),
    "the next heading comes first": (section("Verify", "```sh\nuptime\n```\n\n### Then\n\nExpect: x"), ["none@50"]),
    "the next command comes first": (
        section("Verify", "```sh\nuptime\n```\nThen:\n```sh\ndf -h\n```\nExpect: space."),
        ["none@50"],
    ),
    "other words": (section("Verify", "```sh\nuptime\n```\nYou should see a load below 4."), []),
    "words that expect nothing": (section("Verify", "```sh\nuptime\n```\nGood luck."), ["none@50"]),
    "an output fence": (section("Verify", "```sh\nuptime\n```\n```\nup 3 days\n```"), []),
    "a diagram is no output": (section("Verify", "```sh\nuptime\n```\n```mermaid\ngraph\n a\n```"), ["none@50"]),
    "a comment in another language": (section("Verify", "```sql\n-- expect one row\nselect 1\n```"), []),
    "a fence that stays open": (section("Roll back", "```sh\nuptime"), ["open@64"]),
    "a fence that is closed by another mark": (section("Roll back", "````sh\nuptime\n```"), ["open@64"]),
    "in the handbook nothing is asked": (changed("SEV-1", "```sh\nuptime\n```\n\nSEV-1", HANDBOOK), []),
}

SYMPTOMS: Table = {
    "three": (library(PAGES), []),
    "two": (changed("  - Nothing fails, everything waits\n", ""), ["few@3"]),
    "none": (library({PATH: BARE}), ["few@1"]),
    "an empty list": (library({PATH: BARE.replace("owner", "symptoms: []\nowner")}), ["few@2"]),
    "one waits to be filled in": (changed("- Nothing fails, everything waits", "- <WHAT-USERS-SEE>"), []),
    "one stands twice": (
        changed("- Nothing fails, everything waits", "- requests take longer, than two-seconds".replace(",", "")),
        ["again@5"],
    ),
    "a wrong shape is told as such": (library({PATH: BARE.replace("owner", "symptoms: slow\nowner")}), []),
    "the handbook has none": (library({HANDBOOK: PAGE}), []),
}

NEIGHBOURS: Table = {
    "each links the other": (library(PAGES), []),
    "by its name": (changed("[error spike](error-spike.md)", "`error-spike`"), []),
    "in the first look": (
        library({**PAGES, PATH: GOOD.replace("[error spike](error-spike.md)", "it").replace(
            "- The dashboard", "- Or [that](/runbooks/error-spike.md). The dashboard")}),
        [],
    ),
    "nowhere": (changed("[error spike](error-spike.md)", "another"), ["alone@16"]),
    "only itself": (changed("[error spike](error-spike.md)", "[this](high-latency.md)"), ["alone@16"]),
    "only the handbook": (changed("(error-spike.md)", "(handbook/severities.md)"), ["alone@16"]),
    "further down": (
        library({**PAGES, PATH: GOOD.replace("[error spike](error-spike.md)", "it").replace(
            "- After 10", "- [That](error-spike.md). After 10")}),
        ["alone@16"],
    ),
    "there is no other": (library({PATH: GOOD}), []),
}  # fmt: skip

ESCALATION: Table = {
    "ten minutes": (library(PAGES), []),
    "in short": (section("Escalate", "After **10 min**: the lead."), []),
    "shorter": (section("Escalate", "After 5m ask the lead."), []),
    "in words": (section("Escalate", "After fifteen minutes, the lead."), []),
    "still to be filled in": (section("Escalate", "After <LIMIT> minutes, the lead."), []),
    "no limit": (section("Escalate", "Ask the lead."), ["no-limit@58"]),
    "in hours": (section("Escalate", "After 2 hours, the lead."), ["no-limit@58"]),
    "a number of something else": (section("Escalate", "After 3 tries, the lead; 5 more people."), ["no-limit@58"]),
    "an empty section is told as such": (section("Escalate", ""), []),
}


TABLES = {
    "R001": QUESTIONS,
    "R002": FRONT,
    "R003": SECTIONS,
    "R004": COMMANDS,
    "R005": EXPECTATIONS,
    "R006": SYMPTOMS,
    "R007": NEIGHBOURS,
    "R008": ESCALATION,
}


def test_an_answer_counts_wherever_it_stands() -> None:
    """A runbook that is told of by its neighbour only is no stranger: both pages of the pair are clean."""
    assert said(library({PATH: GOOD, OTHER: SPIKE}), "R007") == []
