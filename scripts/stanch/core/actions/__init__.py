"""Action items, as people write them: a strict reading for what acts on them, a lenient one for lint and import."""
