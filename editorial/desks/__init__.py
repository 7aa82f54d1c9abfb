"""The desks of the newsroom: views that show, and hand every decision to `editorial.actions`.

A view takes the person and the instant once, calls one action, and shows its refusal on the very page it came from,
with what the person had typed.
"""
