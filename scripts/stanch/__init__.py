"""Incident response that lives in a GitHub repository."""

__version__ = "0.1.0"
