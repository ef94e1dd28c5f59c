"""One example of every form and card: what the golden files, the parity tests and the vendors' validators draw."""

from handlers.examples.cards import EXAMPLES as CARDS
from handlers.examples.forms import EXAMPLES as FORMS

__all__ = ["CARDS", "FORMS"]
