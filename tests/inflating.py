"""Small files that unpack to very much."""

import zipfile
import zlib
from pathlib import Path

import openpyxl

MB, SHEET = 1 << 20, "xl/worksheets/sheet1.xml"


def inflating(path: Path, megabytes: int) -> Path:
    """Write a workbook whose sheet unpacks to many megabytes: one packed block of rows, over and over."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    head, _ = parts.pop(SHEET).split(b"<sheetData", 1)
    head, rows, tail = (
        head + b"<sheetData>",
        b"<row><c><v>1</v></c></row>" * (MB // 26),
        b"</sheetData></worksheet>",
    )
    pack = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    first, block = (pack.compress(part) + pack.flush(zlib.Z_FULL_FLUSH) for part in (head, rows))
    packed = first + block * megabytes + pack.compress(tail) + pack.flush()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        target.writestr(SHEET, packed, zipfile.ZIP_STORED)
        sheet = target.getinfo(SHEET)
        sheet.compress_type = zipfile.ZIP_DEFLATED
        sheet.file_size = len(head) + megabytes * len(rows) + len(tail)
        sheet.CRC = zlib.crc32(head + rows * megabytes + tail) if megabytes < 10 else 0
    return path
