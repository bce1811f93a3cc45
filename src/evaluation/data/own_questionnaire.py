"""Exports of surveys that were made from the definition: their codes are turned back into its columns."""

from dataclasses import replace

from evaluation.data.export import Export
from evaluation.project.model import LoadedProject
from evaluation.project.questionnaire import columns_by_code, questionnaire

MADE_FOR = ("limesurvey",)
"""Tools that `evaluation questionnaire` writes an import file for."""


def under_own_headers(export: Export, source_key: str, project: LoadedProject) -> Export:
    """Return an export with the columns that the codebook names, where the headers are question codes.

    Parameters
    ----------
    export
        A file as it was read.
    source_key
        The source it belongs to.
    project
        The project with its codebook.

    Returns
    -------
    Export
        The same, unless it comes from a tool that was given a questionnaire: then a column under a
        question's code stands under the header of the codebook, and codes of answers are read as these. A
        header that the codebook names is left as it is.
    """
    if export.tool not in MADE_FOR or project.definition.sources[source_key].kind != "answers":
        return export
    known = columns_by_code(questionnaire(project, source_key))
    frame, wording = export.frame, dict(export.wording)
    for code, (header, texts) in known.items():
        if code not in frame.columns or (code != header and export.find(header) is not None):
            continue
        column = frame[code].astype("object").replace(texts).astype("category") if texts else frame[code]
        frame = frame.assign(**{code: column}).rename(columns={code: header})
        if code in wording:
            wording[header] = wording.pop(code)
    return replace(export, frame=frame, wording=wording)
