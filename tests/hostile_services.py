"""Names of services that would break a map if they were more than text in it, and the map of them all.

`python -m tests.hostile_services` prints it in a fence, for Mermaid's own parser.
"""

import sys

from stanch.core.config import Service
from stanch.core.service_map import flowchart

NAMES = {
    'a"] --> b["': "a#quot;] --#gt; b[#quot;",
    "<script>x</script>": "#lt;script#gt;x#lt;/script#gt;",
    "a#quot;&lt;`b`": "a#35;quot;#amp;lt;#96;b#96;",
    "al\u202eex": "alex",
    "\u202e": "?",
    "end": "end",
    "subgraph": "subgraph",
    "%%{init: {}}%%": "#37;#37;{init: {}}#37;#37;",
    "a;b": "a;b",
    "click s1 href": "click s1 href",
    "(x) [y] {z}": "(x) [y] {z}",
    "Übung → π": "Übung → π",
    "x" * 200: "x" * 79 + "…",
}
"""Each with what the map shows."""


def whole_map() -> str:
    """All of them on one map, in a circle."""
    names = list(NAMES)
    services = {name: Service(needs=(names[place - 1],)) for place, name in enumerate(names)}
    return flowchart(services)


if __name__ == "__main__":
    sys.stdout.write(f"```mermaid\n{whole_map()}```\n")
