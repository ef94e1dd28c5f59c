"""The dialog: what its pages ask and how an account is read. The doors turn its pages themselves."""

from handlers.account.examples import examples
from handlers.wing import Wing

WING = Wing(examples=examples)
