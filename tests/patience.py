"""How long another process may take before it is taken for hung."""

PATIENCE = 600
"""Seconds. A machine that others use too may stand still for minutes; nothing here waits that long when all is well."""
