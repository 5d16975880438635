"""The doctor: what is wrong with the set-up, by checks that explain themselves (`checks`).

Nothing is imported here: a run that only looks at an incident needs none of it.
"""
