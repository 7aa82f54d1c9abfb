"""A real ranking from the ministry’s open data: docs/open-data.md tells how each step was decided."""
