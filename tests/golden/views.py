"""One view for every template, by the name of the golden file that shows it (`comments/card`).

A template that reads differently in different cases has a view for each: `comments/card-quiet`.
"""

from stanch.core.wanted import Text

VIEWS: dict[str, Text] = {}
