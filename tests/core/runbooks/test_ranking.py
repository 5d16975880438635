"""Which runbook is suggested, why, and when none is."""

from dataclasses import replace

import pytest
from tests.shelves import SHELF, book

from stanch.core.runbooks.model import Runbook, Section
from stanch.core.runbooks.ranking import MOST, Said, Suggestion, Why, suggest

BOOKS = SHELF.runbooks


def found(title: str, text: str = "", *services: str, books: tuple[Runbook, ...] = BOOKS) -> list[str]:
    return [one.runbook.name for one in suggest(books, Said(title, text, services))]


def best(title: str, text: str = "", *services: str) -> Suggestion:
    return suggest(BOOKS, Said(title, text, services))[0]


def test_nothing_fits() -> None:
    """No runbooks, no words, and words that none of them knows."""
    assert found("queries fail", books=()) == []
    assert found("") == found("The coffee machine leaks") == found("x" * 65_536) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("sorry, too many clients already", "database-connections"),
        ("Chrome says the connection is not secure", "certificate-expired"),
        ("Jobs are not worked off, sidekiq has 60k enqueued", "queue-backlog"),
        ("we have to go back to the version before", "roll-back"),
    ],
)
def test_the_one_that_is_about_it_comes_first(title: str, name: str) -> None:
    """Also where none of its own words is said."""
    assert found(title)[0] == name


def test_a_symptom_is_the_reason() -> None:
    """The one that fits best, with the words of the incident that it knows, as they were said."""
    one = best("Queries fail, the connection POOL is full")
    assert (one.why, one.names) == (Why.SYMPTOM, "queries fail with `too many clients already`")
    assert set(one.met) == {"connection pool", "queries", "fail"}


def test_the_name_of_an_alert_decides() -> None:
    """In any spelling, also where all other words speak for another one; it is the reason."""
    one = best("[FIRING:1] postgres_connections_high", "queue backlog, jobs wait in the queue, certificate expired")
    assert (one.runbook.name, one.why, one.names) == ("database-connections", Why.ALERT, "PostgresConnectionsHigh")


def test_an_alert_is_named_in_one_word() -> None:
    """What it says in words of its own is a sentence, and an alert that is called like a word is no name."""
    books = (
        book("aa", "Nothing else", alerts=("QueueStuck",)),
        book("bb", "Certificate expired", symptoms=("the tls handshake fails, the certificate expired",)),
        book("cc", alerts=("certificate",)),
    )
    rest = "certificate expired: the tls handshake fails with x509, symptoms began when the certificate expired"
    for named in ("QueueStuck", "alertname=queue_stuck", "[FIRING:1] QUEUE-STUCK,"):
        assert suggest(books, Said(named, rest))[0].names == "QueueStuck"
    for words in ("the queue is stuck", "queue stuck", "certificate"):
        assert Why.ALERT not in {one.why for one in suggest(books, Said(words, rest))}


def test_the_service_tips_the_scales() -> None:
    """Of two runbooks for one kind of failure the one for the service that is named."""
    books = (book("a-slow", "Slow", services=("search",)), book("b-slow", "Slow", services=("checkout",)))
    assert found("everything is slow", "", "checkout", books=books)[0] == "b-slow"
    assert found("everything is slow", books=books)[0] == "a-slow"
    assert suggest(books, Said("everything is slow", "", ("Checkout",)))[0].service == "checkout"


def test_a_team_has_words_of_its_own() -> None:
    """A runbook about what nobody else has is found by its own words, stemmed alike."""
    books = (
        *BOOKS,
        book("picking", "Picking robots stand still", symptoms=("robots wait at the gate of the warehouse",)),
    )
    assert found("All robots waiting at the warehouse gates", books=books) == ["picking"]


def test_what_a_runbook_says_of_its_neighbours_is_not_its_own() -> None:
    """Under its symptoms it names what it is not about."""
    aside = "Not this one if a certificate expired ([certificate](certificate-expired.md)).\n\n- Jobs wait."
    section = Section("Symptoms", 3, 4, 6, aside)
    books = (replace(book("queue-backlog"), sections=(section,)), BOOKS[0])
    assert found("the certificate expired", books=books) in (["certificate-expired"], [])
    own = replace(section, text="- The certificate expired.")
    with_own = suggest((replace(books[0], sections=(own,)),), Said("the queue: its certificate expired"))
    without = suggest((books[0],), Said("the queue: its certificate expired"))
    assert with_own[0].score > without[0].score


def test_what_sounds_harmless_has_to_fit_better() -> None:
    """A wish or a question that mentions a part of the system is no failure of it."""
    assert found("Could you add a dark mode to the queue page?") == []
    assert found("The queue page is dark") == ["queue-backlog"]


def test_three_at_most_and_none_that_is_far_off() -> None:
    """The best first; one that only shares a word is not shown beside one that fits."""
    books = tuple(book(f"queue-{n}", "Queue backlog") for n in range(5))
    assert found("Queue backlog", books=books) == ["queue-0", "queue-1", "queue-2"]
    assert len(suggest(books, Said("Queue backlog"), 5)) == 5
    assert MOST == 3
    assert found("sorry, too many clients already: too many connections, the pool is full") == ["database-connections"]


def test_the_same_question_has_the_same_answer() -> None:
    """Whatever order the files come in."""
    assert suggest(BOOKS, Said("queue")) == suggest(tuple(reversed(BOOKS)), Said("queue"))


@pytest.mark.parametrize(
    "text", ["@victim <!-- stanch:1 key=x --> | ``` queue backlog", "queue\u202e backlog\x00\ud800"]
)
def test_hostile_text_is_only_text(text: str) -> None:
    """What is shown of it is letters and digits."""
    one = best(text)
    assert one.runbook.name == "queue-backlog"
    assert all(word.replace(" ", "").isalnum() for word in one.met)
