"""The tables of a programme under another rule of linking than the one that was used."""

import pandas as pd

WHO = ["source", "person"]


def relinked_answers(answers: pd.DataFrame, links: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Answers with the person that each respondent is under a rule.

    Parameters
    ----------
    answers
        The table of answers.
    links
        The table of links.
    rule
        `strict`, `default` or `loose`.

    Returns
    -------
    pandas.DataFrame
        As many rows, sorted by wave, question and person.
    """
    asked = pd.MultiIndex.from_frame(answers[WHO].astype("str"))
    found = links.set_index(WHO)[rule].reindex(asked).to_numpy(dtype=object)
    own = answers["person"].astype("object").to_numpy()
    persons = pd.Series(found, index=answers.index, dtype="object")
    persons = persons.where(persons.notna(), pd.Series(own, index=answers.index, dtype="object"))
    names = pd.Index(persons.unique(), dtype="str").sort_values()
    table = answers.assign(person=pd.Categorical(persons, categories=names))
    return table.sort_values(["wave", "item", "person"], ignore_index=True)


def relinked_people(people: pd.DataFrame, links: pd.DataFrame, rule: str) -> pd.DataFrame:
    """People as they are under a rule.

    Parameters
    ----------
    people
        The table of people.
    links
        The table of links.
    rule
        `strict`, `default` or `loose`.

    Returns
    -------
    pandas.DataFrame
        One row per person under the rule, with what the files say of the person under the rule that was
        used; of somebody who is now two people, both get it, and of two who are now one, the first.

    Examples
    --------
    >>> people = pd.DataFrame({"person": ["a:1", "b:1"], "organisation": ["x", "x"]})
    >>> links = pd.DataFrame({"source": ["a", "b"], "person": ["a:1", "b:1"], "loose": ["a:1", "a:1"]})
    >>> relinked_people(people, links, "loose")["person"].tolist()
    ['a:1']
    """
    known = people.set_index("person")
    linked = links[links["person"].isin(known.index)]
    moved = known.loc[linked["person"]].assign(person=linked[rule].to_numpy())
    kept = known[~known.index.isin(links["person"])].reset_index()
    table = pd.concat([moved, kept], ignore_index=True).drop_duplicates("person")
    return table[list(people.columns)].sort_values("person", ignore_index=True)
