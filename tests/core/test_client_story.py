"""What a client reads of an incident: a few facts, and nothing that is only ours."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.values import (
    REPOSITORY,
    SHA,
    TEAM,
    assigned,
    closed,
    comment,
    deployment,
    form,
    incident_in,
    incident_thread,
    instant,
    merge,
    merged,
    pull_request,
    unassigned,
    waived,
)

from stanch.core.client_story import client_story, sayable
from stanch.core.thread import Item
from stanch.core.wanted import Text
from stanch.render.words import Words

SECRETS = (
    "hunter2", "AKIA1234567890EXAMPLE", "db-7.internal.example", "10.2.3.4", "jordan", "morgan", "sam", "riley",
    "alex", SHA, SHA[:7], "7f3c2a1b", "#45", "checkout/cart.py", "new_totals", "H003", "https://grafana.example",
)  # fmt: skip
"""Passwords, keys, hosts, people, commits, numbers, paths: in every field that no client is to read."""

LEAK = " ".join(SECRETS)
QUESTIONS = ("What changed recently?", "What triggers it?", "Can it be reproduced in staging?", "How was it detected?")
BODY = form(broken="Paying fails for everybody.") + "".join(f"\n### {label}\n\n{LEAK}\n" for label in QUESTIONS)


def said(body: str, when: float, by: str = "jordan") -> Item:
    return comment(int(when * 10) + 1, by, body, when)


EVERYWHERE: tuple[Item, ...] = (
    said(f"/take\n/sev 1 {LEAK}", 3),
    assigned("riley", 4),
    said("/update! Paying fails. We are on it.", 6),
    said(f"/status identified {LEAK}", 8),
    said(f"/timeline {LEAK} | 01:40 UTC", 9, "morgan"),
    said(f"/contain rollback {LEAK}", 10, "morgan"),
    said(f"/contain flag {LEAK}", 11, "sam"),
    said(f"/restore C2 for good: {LEAK}", 12),
    pull_request(45, 13, merged=39, title=LEAK),
    waived(600, 36, why=LEAK),
    merged(601, 40, title=LEAK, open=["H003"]),
    said(f"/status mitigated {LEAK}", 50),
    said("/update Paying works again.", 51),
    said("/verify failure", 52),
    said(f"/resolve {LEAK}", 60),
    closed(61),
)
CHANGED = replace(
    REPOSITORY,
    deployments=(deployment("3", 45, SHA), deployment("2", -20)),
    merges=(replace(merge(11, -60), title=LEAK),),
)


def told(*items: Item, body: str = BODY, title: str = LEAK) -> dict[str, object]:
    of = replace(incident_thread(*items, body=body), title=title)
    incident = incident_in(of, 70, repository=CHANGED)
    return client_story(incident, TEAM)


def test_nothing_but_the_listed_facts_comes_out() -> None:
    """Secrets, names, commits and hosts in every other field of the incident: none is in the view or the text."""
    view = told(*EVERYWHERE)
    shown = json.dumps(view, default=str) + Words.load()(Text("postmortem/client", view))
    assert [secret for secret in SECRETS if secret.casefold() in shown.casefold()] == []
    for kept in ("Paying fails for everybody.", "Paying fails. We are on it.", "Paying works again."):
        assert kept in shown


def test_the_facts_are_these() -> None:
    """When, how long, what was told, what was done by its kind, and when the repair went live."""
    view = told(*EVERYWHERE)
    assert set(view) == {
        "team", "zone", "started", "detected_at", "told_at", "mitigated_at", "resolved_at", "to_mitigate",
        "to_resolve", "form", "updates", "measures", "fixed_at",
    }  # fmt: skip
    assert view["form"] == {"broken": "Paying fails for everybody.", "affected": "All users", "data": "No"}
    assert (view["started"], view["told_at"], view["mitigated_at"]) == (instant(-20), instant(6), instant(50))
    assert (view["to_mitigate"], view["to_resolve"], view["fixed_at"]) == (3000, 3600, instant(45))
    assert view["updates"] == [
        {"at": instant(6), "text": "Paying fails. We are on it."},
        {"at": instant(51), "text": "Paying works again."},
    ]
    assert view["measures"] == [
        {"at": instant(10), "kind": "rollback"},
        {"at": instant(11), "kind": "flag"},
    ]


@pytest.mark.parametrize("secret", [*SECRETS[1:15], "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "the password is x"])
def test_a_public_update_that_names_something_internal_is_left_out(secret: str) -> None:
    """Only the line that does; the others of the same update stay."""
    hands = (assigned("riley", 4), assigned("sam", 5))
    text = f"/update! We know more now.\nIt is {secret}, we think.\nPaying works again."
    view = told(*hands, said(text, 6), closed(60))
    assert view["updates"] == [{"at": instant(6), "text": "We know more now. Paying works again."}]


HANDS: dict[str, Item] = {
    "riley": unassigned("riley", 4),
    "morgan": pull_request(45, 4),
    "sam": comment(8, "sam", "/timeline first alert | 01:40 UTC", 4),
    "alex": comment(8, "alex", "/contain flag x", 4),
    "jordan": comment(8, "jordan", "/ack", 4),
}


@pytest.mark.parametrize("name", list(HANDS))
def test_whoever_had_a_hand_in_it_is_named_nowhere(name: str) -> None:
    """Also who is in no list of the team: by an assignment, a pull request, a note, a containment, a command."""
    nobody = replace(TEAM, people=())
    text = f"/update! {name.title()} is on it.\nPaying works again."
    of = incident_thread(HANDS[name], comment(9, "jordan", text, 6))
    incident = incident_in(of, 70, nobody)
    assert client_story(incident, nobody)["updates"] == [{"at": instant(6), "text": "Paying works again."}]


def test_an_update_of_which_nothing_is_left_keeps_its_place() -> None:
    """Whoever finishes the report sees that something is to be said there."""
    view = told(said("/update! @jordan rolls #45 back", 6), closed(60))
    assert view["updates"] == [{"at": instant(6), "text": ""}]
    assert "say it in other words" in Words.load()(Text("postmortem/client", view))


@pytest.mark.parametrize("text", [f"Ask jordan about {secret}" for secret in ("it", "db-7.internal.example", "#45")])
def test_the_form_is_held_to_the_same(text: str) -> None:
    """What users saw is written by a person too."""
    view = told(closed(60), body=form(broken=text))
    assert view["form"] == {"broken": "", "affected": "All users", "data": "No"}


@pytest.mark.parametrize(
    "text",
    [
        "Paying failed for 1,200 customers between 02:00 and 02:31 UTC.",
        "Some exports took 3.5 times as long, e.g. those of large teams.",
        "About 30% of logins failed; no data was lost, i.e. nothing has to be sent again.",
        "We're sorry: this shouldn't have happened (and won't again).",
        "Die Bezahlung geht wieder. Entschuldigung f\u00fcr die Umst\u00e4nde!",
        "Read and/or write access was slow on 2026-11-17.",
    ],
)
def test_plain_words_stay(text: str) -> None:
    """Figures, times, shares and abbreviations are no internals."""
    assert sayable(text, {"jordan", "alex"}) == text


NAMES = st.from_regex(r"\A[a-z][a-z0-9]{2,12}(?:-[a-z0-9]{1,8})?\Z")


@given(name=NAMES, before=st.text(alphabet="ab ,.!", max_size=6), after=st.text(alphabet=" ,.!?", max_size=3))
def test_no_login_gets_through(name: str, before: str, after: str) -> None:
    """With or without the sign before it, in any case, wherever it stands as a word."""
    for shown in (name, name.upper(), f"@{name}"):
        assert name.casefold() not in sayable(f"{before} {shown}{after}", {name}).casefold()
