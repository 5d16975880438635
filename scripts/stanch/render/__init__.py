"""Views become prose here, on the way out: Markdown for GitHub, HTML for pages."""
