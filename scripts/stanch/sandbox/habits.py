"""Where nobody could say for sure how GitHub behaves: a test may set either."""

from dataclasses import dataclass


@dataclass
class Habits:
    """The values that stand here are what the sandbox takes for likelier.

    `rebinds_reviews`: after a push by force that leaves the patch as it was, old reviews name the new head
    (reported of GitHub, never documented). `mergeable_at_once`: whether a pull request can be merged is known at
    the first read; otherwise that read finds UNKNOWN, and the next one the answer. `stale_base`: `baseRefOid` stays
    where the base stood when the head was last pushed; otherwise it is where the base stands now.

    `lists_collaborators`: GITHUB_TOKEN may list who has a role (its metadata permission is documented to be enough,
    another page wants push access, and nobody said what holds for this token).
    """

    rebinds_reviews: bool = False
    mergeable_at_once: bool = True
    stale_base: bool = True
    lists_collaborators: bool = True
