"""Words of this package for the parts of a result, and for why rows of a file are left out."""

from evaluation.vocabulary.message import Message, pmsg

TERMS: dict[str, Message] = {
    "any": pmsg("term", "in at least one of the areas"),
    "all": pmsg("term", "in all the areas"),
    "trained": pmsg("term", "in every area they have spent time on"),
    "then": pmsg("term", "retrospect"),
    "alpha": pmsg("term", "alpha"),
    "omega": pmsg("term", "omega of one factor"),
    "omega_categorical": pmsg("term", "omega of ordered answers"),
    "spearman_brown": pmsg("term", "reliability after Spearman and Brown"),
    "registered": pmsg("stage", "Registered"),
    "answered": pmsg("stage", "Answered"),
    "answered_every": pmsg("stage", "Answered every time"),
}
"""Words of this package for the parts of a result; other terms are words of the project."""

CAUSES: dict[str, Message] = {
    "row_no_person": pmsg("cause", "they say nothing of who answered"),
    "row_no_organisation": pmsg("cause", "they name no organisation"),
    "row_no_effort": pmsg("cause", "they name no effort"),
    "row_duplicate": pmsg("cause", "the same person stands in another row"),
    "row_not_registered": pmsg("cause", "the person is not in the register"),
    "row_no_answers": pmsg("cause", "no question is answered"),
    "row_preview": pmsg("cause", "they are previews of the survey"),
    "row_test": pmsg("cause", "they are tests of the survey"),
    "row_spam": pmsg("cause", "the survey tool marks them as spam"),
    "row_unfinished": pmsg("cause", "the survey tool marks them as unfinished"),
    "row_joined": pmsg("cause", "they were joined to the record's first row"),
}
"""Why rows of a file are left out."""
