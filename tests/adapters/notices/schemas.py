"""What PagerDuty and the receiver of a webhook are promised, as JSON Schema, with the source of each line."""

PAGERDUTY = {
    # https://developer.pagerduty.com/docs/send-alert-event ("Parameters", "Payload", "The Links Property")
    "type": "object",
    "additionalProperties": False,
    "required": ["routing_key", "event_action"],
    "properties": {
        "routing_key": {"type": "string", "minLength": 32, "maxLength": 32},
        "event_action": {"enum": ["trigger", "acknowledge", "resolve"]},
        "dedup_key": {"type": "string", "minLength": 1, "maxLength": 255},
        "client": {"type": "string"},
        "client_url": {"type": "string", "pattern": "^https://"},
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["href"],
                "additionalProperties": False,
                "properties": {"href": {"type": "string", "pattern": "^https://"}, "text": {"type": "string"}},
            },
        },
        "payload": {
            "type": "object",
            "additionalProperties": False,
            "required": ["summary", "source", "severity"],
            "properties": {
                "summary": {"type": "string", "minLength": 1, "maxLength": 1024},
                "source": {"type": "string", "minLength": 1},
                "severity": {"enum": ["critical", "error", "warning", "info"]},
                "timestamp": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "component": {"type": "string"},
                "group": {"type": "string"},
                "class": {"type": "string"},
                "custom_details": {"type": "object"},
            },
        },
    },
    # "payload" is required of a trigger, and "dedup_key" of what is not one.
    "if": {"properties": {"event_action": {"const": "trigger"}}},
    "then": {"required": ["payload"]},
    "else": {"required": ["dedup_key"]},
}
PAGERDUTY_BYTES = 512 * 1024
"""The largest event: the same page, "Request size"."""

WEBHOOK = {
    # docs/notices.md ("A receiver of your own")
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "id", "kind", "incident", "number", "severity", "title", "text", "url", "at"],
    "properties": {
        "version": {"const": 1},
        "id": {"type": "string", "pattern": r"^[^/]+/[^/]+#\d+/announce/webhook/[a-z-]+/.+$"},
        "kind": {"type": "string"},
        "incident": {"type": "string", "pattern": r"^[^/]+/[^/]+#\d+$"},
        "number": {"type": "integer", "minimum": 1},
        "severity": {"type": "integer", "minimum": 1, "maximum": 4},
        "title": {"type": "string", "maxLength": 256},
        "text": {"type": "string", "maxLength": 4000},
        "url": {"type": "string", "pattern": "^https://"},
        "at": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "drill": {"const": True},
    },
}
