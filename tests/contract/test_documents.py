"""The GraphQL documents are valid on GitHub's schema and cheap by GitHub's own price list."""

from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from stanch.adapters import documents, pull_documents, setup_document
from stanch.adapters.setup.repository import texts
from tests.official.cost import TIMELINE, connections, nodes, points

SCHEMA = build_schema(Path(__file__).parents[1].joinpath("official/graphql.graphql").read_text("utf-8"))

NODE_LIMIT = 500_000
PAGE_LIMIT = 100

PRICES = [
    ("one thread with the rules", documents.threads(1, rules=True), 1),
    ("fifty threads", documents.threads(50), 2),
    ("fifty threads with the rules", documents.threads(50, rules=True), 2),
    ("fifty threads and the index", documents.threads(50, 7), 2),
    ("fifty threads, the index and the rules", documents.threads(50, 7, rules=True), 2),
    ("the index with the rules", documents.threads(0, 7, rules=True), 1),
    ("more items", documents.MORE_ITEMS, 1),
    ("children", documents.children(5), 1),
    ("owed reviews", documents.children(0, 100), 1),
    ("what a hundred links came to", documents.finished(100), 1),
    ("the workflow runs of twenty commits", documents.runs(20), 1),
    ("a hundred files", texts(100), 1),
    ("minimise", documents.MINIMISE, 1),
    ("pin", documents.PIN, 1),
    ("a pull request", pull_documents.PULL, 2),
    ("more of its conversation", pull_documents.MORE_TALK, 1),
    ("what stands beside it", pull_documents.beside(10, 40, 40, 5, 20), 1),
    ("the pull requests of a sweep", pull_documents.PULLS, 2),
    ("the files of the set-up", setup_document.SETUP, 1),
]
DOCUMENTS = [pytest.param(document, id=name) for name, document, _ in PRICES]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_github_understands_the_document(document: str) -> None:
    """Every type, field, argument and variable of the document is in GitHub's schema."""
    assert [error.message for error in validate(SCHEMA, parse(document))] == []


@pytest.mark.parametrize(
    ("document", "price"), [pytest.param(document, price, id=name) for name, document, price in PRICES]
)
def test_the_document_costs_what_the_budget_allows(document: str, price: int) -> None:
    """A page of fifty threads costs at most two points, everything else one."""
    assert points(SCHEMA, document) <= price


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_stays_below_the_node_limit(document: str) -> None:
    """GitHub refuses a document that could return more than 500,000 nodes."""
    assert nodes(SCHEMA, document) <= NODE_LIMIT


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_connection_asks_for_a_page_that_github_serves(document: str) -> None:
    """A page is 1 to 100 nodes."""
    assert [c.path for c in connections(SCHEMA, document) if not 1 <= c.size <= PAGE_LIMIT] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_connection_stands_inside_a_timeline_item(document: str) -> None:
    """A connection in a timeline item is filled a hundred times for each thread."""
    assert [c.path for c in connections(SCHEMA, document) if TIMELINE in c.above] == []


def test_a_page_of_fifty_threads_fills_three_connections_for_each() -> None:
    """Labels, assignees and timeline: 150 requests, which is 1.5 and becomes 2 points."""
    assert sum(c.requests for c in connections(SCHEMA, documents.threads(50))) == 150


def test_the_price_of_nested_connections_is_the_product_of_the_pages_above() -> None:
    """One page of 100 issues, 100 timelines, 10,000 pages of assignees: 10,101 requests, 101 points."""
    nested = """query { repository(owner: "a", name: "b") { issues(first: 100) { nodes {
      timelineItems(first: 100) { nodes { ... on CrossReferencedEvent { source { ... on Issue {
        assignees(first: 10) { nodes { login } } } } } } } } } } }"""
    asked = connections(SCHEMA, nested)
    assert [c.requests for c in asked] == [1, 100, 10_000]
    assert [c.path[-1] for c in asked if TIMELINE in c.above] == ["assignees"]
    assert (points(SCHEMA, nested), nodes(SCHEMA, nested)) == (101, 110_100)


def test_a_connection_without_a_page_size_is_an_error() -> None:
    """GitHub refuses it; so does the price list, with the place."""
    with pytest.raises(ValueError, match=r"repository\.issues: a connection without"):
        points(SCHEMA, 'query { repository(owner: "a", name: "b") { issues { nodes { number } } } }')
