"""The styles of the Word document: the same type, colours and tables as in the other formats."""

INK, SOFT, ACCENT, LINE = "1D232B", "4B5560", "0B6E6E", "D9DEE2"
SERIF, SANS = "Georgia", "Arial"
VERDICTS = {"Good": "1B6B3A", "Open": "7A5200", "Bad": "9B2C1F", "Plain": INK}


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _paragraph(
    name: str,
    shown: str,
    *,
    font: str = SERIF,
    size: int = 22,
    colour: str = INK,
    bold: bool = False,
    before: int = 0,
    after: int = 120,
    indent: int = 0,
    outline: int | None = None,
    extra: str = "",
    based_on: str = "Normal",
) -> str:
    """Return a paragraph style; sizes are half points, distances twentieths of a point."""
    base = "" if name == "Normal" else f'<w:basedOn w:val="{based_on}"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    kept = "" if outline is None else "<w:keepNext/><w:keepLines/>"
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{shown}"/>{base}<w:qFormat/>'
        f'<w:pPr>{kept}{extra}<w:spacing w:before="{before}" w:after="{after}" w:line="276" w:lineRule="auto"/>'
        f'<w:ind w:left="{indent}"/>{level}</w:pPr>'
        f'<w:rPr>{_fonts(font)}{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _heading(level: int, size: int, font: str, before: int) -> str:
    return _paragraph(
        f"Heading{level}",
        f"heading {level}",
        font=font,
        size=size,
        bold=True,
        before=before,
        after=100,
        outline=level - 1,
    )


def _verdict(tone: str, colour: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="Verdict{tone}">'
        f'<w:name w:val="Verdict {tone}"/><w:rPr><w:b/><w:color w:val="{colour}"/></w:rPr></w:style>'
    )


TABS = '<w:tabs><w:tab w:val="right" w:pos="9412"/></w:tabs>'
KEPT = "<w:keepNext/>"
WASH = '<w:shd w:val="clear" w:color="auto" w:fill="FFF3CD"/>'

STYLES: dict[str, str] = {
    "Normal": _paragraph("Normal", "Normal"),
    "BodyText": _paragraph("BodyText", "Body Text"),
    "FirstParagraph": _paragraph("FirstParagraph", "First Paragraph", based_on="BodyText"),
    "Compact": _paragraph("Compact", "Compact", after=60),
    "Title": _paragraph("Title", "Title", size=52, bold=True, after=160),
    "Heading1": _heading(1, 36, SERIF, 480),
    "Heading2": _heading(2, 28, SERIF, 360),
    "Heading3": _heading(3, 22, SANS, 320),
    "Heading4": _heading(4, 20, SANS, 280),
    "Lead": _paragraph("Lead", "Lead", size=25, after=200),
    "Note": _paragraph("Note", "Note", font=SANS, size=18, colour=SOFT),
    "Meta": _paragraph("Meta", "Meta", font=SANS, size=18, colour=SOFT),
    "Sure": _paragraph("Sure", "Sure", before=80),
    "Simulated": _paragraph("Simulated", "Simulated", font=SANS, size=19, colour="4D3A00", bold=True, extra=WASH),
    "Summary": _paragraph("Summary", "Summary"),
    "TOCHeading": _paragraph("TOCHeading", "TOC Heading", font=SANS, size=20, bold=True, extra="<w:pageBreakBefore/>"),
    "TOC1": _paragraph("TOC1", "toc 1", font=SANS, size=19, before=80, after=20),
    "TOC2": _paragraph("TOC2", "toc 2", font=SANS, size=18, after=20, indent=284),
    "TableCaption": _paragraph(
        "TableCaption", "Table Caption", font=SANS, size=18, bold=True, before=200, after=60, extra=KEPT
    ),
    "TableText": _paragraph("TableText", "Table Text", font=SANS, size=17, before=30, after=30),
    "TableHeading": _paragraph("TableHeading", "Table Heading", font=SANS, size=17, bold=True, before=30, after=30),
    "DefinitionTerm": _paragraph(
        "DefinitionTerm", "Definition Term", font=SANS, size=19, bold=True, before=120, after=0, extra=KEPT
    ),
    "Definition": _paragraph("Definition", "Definition"),
    "Header": _paragraph("Header", "header", font=SANS, size=16, colour=SOFT, extra=TABS),
    "Footer": _paragraph("Footer", "footer", font=SANS, size=16, colour=SOFT, extra=TABS),
    "Hyperlink": (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>'
    ),
    **{f"Verdict{tone}": _verdict(tone, colour) for tone, colour in VERDICTS.items()},
}  # fmt: skip
"""Every style that the document uses, by its identifier."""

TABLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    '<w:pPr><w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/></w:pPr>'
    f'<w:rPr>{_fonts(SANS)}<w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
    f'<w:tcBorders><w:bottom w:val="single" w:sz="12" w:color="{INK}"/></w:tcBorders>'
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)
"""Flat tables: one rule under the header row, thin ones between the rows."""
