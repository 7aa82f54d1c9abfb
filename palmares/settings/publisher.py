"""Who answers for the site, as its pages print it; they say what is not given, and `check --deploy` asks for it."""

import re

from palmares.settings.environment import env

# What the site is called, in its masthead, its titles and its feeds.
SITE_NAME = env.text("PALMARES_SITE_NAME", "Palmarès")

# Where the public tells the newsroom of an error.
CONTACT_EMAIL = env.text("PALMARES_CONTACT_EMAIL")
if CONTACT_EMAIL and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", CONTACT_EMAIL):
    env.refuse("PALMARES_CONTACT_EMAIL", f"is {CONTACT_EMAIL!r}, not a mail address.")

# What the law wants a site to say of those who make it, each as it is to be printed.
PUBLISHER = env.text("PALMARES_PUBLISHER")
PUBLISHER_DETAILS = env.text("PALMARES_PUBLISHER_DETAILS")
PUBLICATION_DIRECTOR = env.text("PALMARES_PUBLICATION_DIRECTOR")
HOSTING = env.text("PALMARES_HOSTING")

# Who pays for the ranking, and what may be done with it, in French and in English.
FUNDING = {"fr": env.text("PALMARES_FUNDING"), "en": env.text("PALMARES_FUNDING_EN")}
DATA_LICENCE = env.text("PALMARES_DATA_LICENCE")
