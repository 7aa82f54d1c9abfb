"""The public register: every version after the first, everything taken back, and what each changed."""

from palmares.public.corrections.register import Register

__all__ = ["Register"]
