"""What the agency's numbers mean. Pure arithmetic: no database, no clock, no settings.

Each formula says its Unit, what is Unknown, its Error and its Source (a chapter of
docs/definitions.md).
"""
