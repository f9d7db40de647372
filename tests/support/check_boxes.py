"""Puts a check box (form control) over a cell of a workbook, in the four places Excel keeps it."""

import shutil
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def add_check_box(path: Path, row: int, column: int, alt: str = "", link: str = "") -> None:
    """A check box in a workbook whose first sheet has neither drawings nor comments; row and column count from 0."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    corner = (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>9525</xdr:rowOff>"
    )
    end = f"<xdr:col>{column + 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row + 1}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = (
        f'<anchor moveWithCells="1"><from xmlns:xdr="{XDR}">{corner}</from><to xmlns:xdr="{XDR}">{end}</to></anchor>'
    )
    written = f' altText="{alt}"' if alt else ""
    control = (
        f'<control shapeId="1025" r:id="rIdC" name="Check Box 1"><controlPr defaultSize="0" autoFill="0" autoLine="0" '
        f'autoPict="0"{written}>{anchor}</controlPr></control>'
    )
    choice = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
    close = "</mc:Choice></mc:AlternateContent>"
    added = f'<drawing r:id="rIdD"/><legacyDrawing r:id="rIdV"/>{choice}<controls>{choice}{control}{close}</controls>{close}'
    parts[SHEET] = parts[SHEET].replace("</worksheet>", f"{added}</worksheet>")
    if "xmlns:r=" not in parts[SHEET]:
        parts[SHEET] = parts[SHEET].replace("<worksheet ", f'<worksheet xmlns:r="{KINDS}" ', 1)
    relations = "".join(
        f'<Relationship Id="{id}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for id, kind, target in (
            ("rIdD", "drawing", "../drawings/drawing1.xml"), ("rIdV", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rIdC", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
        )
    )  # fmt: skip
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    linked = f' fmlaLink="{link}"' if link else ""
    parts["xl/ctrlProps/ctrlProp1.xml"] = (
        '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox"'
        f'{linked} lockText="1" noThreeD="1"/>'
    )
    vml_link = f"<x:FmlaLink>{link}</x:FmlaLink>" if link else ""
    vml_alt = f' alt="{alt}"' if alt else ""
    parts["xl/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
        '</o:shapelayout><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
        f'<o:lock v:ext="edit" shapetype="t"/></v:shapetype><v:shape id="_x0000_s1025"{vml_alt} type="#_x0000_t201" '
        'style="position:absolute;margin-left:48pt;margin-top:30pt;width:60pt;height:15pt;z-index:1" filled="f" '
        'stroked="f"><v:textbox><div style="text-align:left"><font face="Tahoma" size="160">ada</font></div></v:textbox>'
        f'<x:ClientData ObjectType="Checkbox"><x:Anchor>{column}, 1, {row}, 1, {column + 1}, 0, {row + 1}, 0</x:Anchor>'
        f"<x:PrintObject/><x:AutoFill>False</x:AutoFill><x:AutoLine>False</x:AutoLine>{vml_link}<x:NoThreeD/>"
        "</x:ClientData></v:shape></xml>"
    )
    parts["xl/drawings/drawing1.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{choice}'
        .replace('Requires="x14"', 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14"')
        + f'<xdr:twoCellAnchor editAs="oneCell"><xdr:from>{corner}</xdr:from><xdr:to>{end}</xdr:to>'
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="1025" name="Check Box 1" hidden="1"><a:extLst>'
        '<a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}"><a14:compatExt spid="_x0000_s1025"/></a:ext></a:extLst>'
        "</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
        f"{close}</xdr:wsDr>"
    )  # fmt: skip
    types = (
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        '<Override PartName="/xl/ctrlProps/ctrlProp1.xml" ContentType="application/vnd.ms-excel.controlproperties+xml"/>'
        '<Override PartName="/xl/drawings/drawing1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    aside = path.with_suffix(".new")
    with zipfile.ZipFile(aside, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    shutil.move(aside, path)
