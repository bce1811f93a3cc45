"""The words of a workshop: roles, reactions, questions, and the texts of its page."""

from evaluation.vocabulary.message import Message, msg, pmsg

FIELD = 600
"""How many characters one answer may have."""
FILE = 1_000_000
"""How many characters a file of comments may have."""
TABLES, PER_FIGURE, COUNT = 50, 20, 999
"""How many tables a file may hold, how many remarks a table may make on a figure, and how many people a role."""

WHOLE_TABLE = "table"

ROLES: dict[str, Message] = {
    "participant": pmsg("role", "Participants"),
    "company": pmsg("role", "Companies"),
    "trainer": pmsg("role", "Trainers"),
    "project": pmsg("role", "Project staff"),
    "organisation": pmsg("role", "Partner organisations"),
    "funder": pmsg("role", "Funders"),
    "other": pmsg("role", "Others"),
}
"""Who can be in the room; nobody is named."""

COLUMNS: dict[str, Message] = {
    "women": pmsg("people", "Women"),
    "men": pmsg("people", "Men"),
    "other": pmsg("people", "Other"),
}
"""How those in the room are counted."""

REACTIONS: dict[str, Message] = {
    "agrees": pmsg("reaction", "Agrees with what we see"),
    "disagrees": pmsg("reaction", "Does not agree"),
    "question": pmsg("reaction", "Question"),
    "explanation": pmsg("reaction", "Explanation"),
    "action": pmsg("reaction", "Action"),
}
"""What a remark is."""

QUESTIONS: dict[str, Message] = {
    "see": msg("What do we see?"),
    "why": msg("Why is it so?"),
    "act": msg("What do we do?"),
}
"""What is asked about every figure."""

PURPOSES: dict[str, str] = {"see": "describing", "why": "commenting", "act": "editing"}
"""The purpose that an answer has in the vocabulary of Web Annotation."""

PRINTS: dict[str, Message] = {
    "poster": msg("Posters (A3)"),
    "card": msg("Cards (A5)"),
    "form": msg("Paper form (A4)"),
}

PAGE: dict[str, Message] = {
    "workshop": pmsg("page", "Workshop"),
    "figures": msg("Figures"),
    "previous": msg("Previous"),
    "next": msg("Next"),
    "go_to": msg("Go to"),
    "projector": msg("Projector"),
    "room": msg("Who is in the room?"),
    "keep": msg("Save and put together"),
    "no_script": msg(
        "Scripts are turned off in this browser. All figures and answers are shown, but nothing can be written "
        "here: use the paper form."
    ),
    "purpose": msg(
        "For every figure: read the question, say what you believe, then look at the answer. Write what you "
        "see, why it is so and what you want to do. You need not agree: make one remark for each opinion."
    ),
    "no_names": msg("Write no names, neither of people nor of companies. Only roles are saved."),
    "date": msg("Date of the workshop"),
    "table_number": msg("Table number"),
    "people": msg("How many sit at this table?"),
    "role": pmsg("page", "Role"),
    "begin": msg("Begin with the figures"),
    "guess": msg("What do you believe? Talk about it before you look."),
    "show": msg("Show the answer"),
    "hide": msg("Hide the answer"),
    "answer": msg("The answer"),
    "recognise": msg("Do you recognise this?"),
    "equality": msg("Think also: which women and which men is this about, and what does it lead to for them?"),
    "more": msg("Add a remark"),
    "others": msg("What other tables say"),
    "who_says": msg("Who says it?"),
    "whole_table": msg("The whole table"),
    "reaction": msg("What kind of remark is it?"),
    "limit": msg("At most {limit} characters in each field, and {remarks} remarks on each figure.",
                 limit=FIELD, remarks=PER_FIGURE),
    "stays": msg("Nothing leaves this computer by itself. Save to a file and give it to the evaluator."),
    "export": msg("Save to a file"),
    "import": msg("Read files"),
    "merging": msg(
        "Files from other tables are put together with yours: choose several at once. A table's later file takes "
        "the place of its earlier one. A file may hold at most {tables} tables and one megabyte.", tables=TABLES),
    "blocked": msg("If the browser does not allow files to be saved"),
    "copy_text": msg(
        "Press “Save to a file”, then copy this text into an empty text file whose name ends with .jsonld"),
    "paper": msg("Paper forms"),
    "paper_how": msg("Type in a paper form as a table of its own."),
    "another": msg("Begin another table or paper form"),
    "printing": msg("Print"),
    "clearing": msg("Leave the computer as it was"),
    "clear_how": msg("What has been written is kept in this browser until you delete it."),
    "delete_all": msg("Delete everything here"),
}  # fmt: skip
"""The texts of the page."""

SCRIPT: dict[str, Message] = {
    "saved": msg("Saved in this computer."),
    "not_saved": msg("This browser does not let the page save. Save to a file before you close it."),
    "ready": msg("Nothing is written yet."),
    "restored": msg("What was written before is here again."),
    "exported": msg("Saved to the file {file}.", file="{file}"),
    "merged": msg("Read: remarks {remarks}, tables {tables}.", remarks="{remarks}", tables="{tables}"),
    "strange": msg("About figures that are not on this page: {remarks}.", remarks="{remarks}"),
    "bad_file": msg("This is not a file of comments, or something in it is too long."),
    "other_project": msg("The file belongs to another project."),
    "too_large": msg("The file is larger than one megabyte."),
    "too_many": msg("There are too many tables."),
    "full": msg("There is no room for more remarks on this figure."),
    "sum": msg("Remarks: {remarks}. Tables: {tables}.", remarks="{remarks}", tables="{tables}"),
    "remark": msg("Remark {number}", number="{number}"),
    "of_table": msg("Table {number} {date}", number="{number}", date="{date}"),
    "earlier": msg("about an earlier version of the figure"),
    "sure": msg("Delete everything that was written on this computer? Files that you have saved are left."),
    "cleared": msg("Everything is deleted from this computer."),
}
"""What the page's script says, with fields that it fills."""
