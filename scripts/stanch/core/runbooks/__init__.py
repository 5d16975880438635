"""Runbooks and the handbook: what a page is, what it still lacks, and how services hang together."""
