#!/usr/bin/python3
"""Makes assets/fonts from the npm package @fontsource/be-vietnam-pro 5.3.0 (SIL OFL 1.1).

    npm pack @fontsource/be-vietnam-pro@5.3.0 && tar xzf fontsource-be-vietnam-pro-5.3.0.tgz
    tools/build_fonts.py package assets/fonts

Needs python3-fonttools and python3-brotli. The files it makes are committed: a build needs none of this.
Be Vietnam Pro, 400 and 600, comes as it is in two subsets that hold every Vietnamese letter. It has no
"tnum" feature, so columns of numbers would not align: "Loa Num" is its ten digits, each centred on one
advance width.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

WIDTH = 664  # of 1000: the widest digit is 710 wide, its ink 600
WEIGHTS = (400, 600)


def copy_subsets(package: pathlib.Path, out: pathlib.Path) -> None:
    for weight in WEIGHTS:
        for letters in ('latin', 'vietnamese'):
            source = package / 'files' / f'be-vietnam-pro-{letters}-{weight}-normal.woff2'
            (out / f'be-vietnam-pro-{letters}-{weight}.woff2').write_bytes(source.read_bytes())
    (out / 'OFL.txt').write_bytes((package / 'LICENSE').read_bytes())


def digits_of_one_width(source: pathlib.Path, target: pathlib.Path, weight: int) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[1, 2, 4, 6, 13, 14], notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=range(0x30, 0x3A))
    cut.subset(font)
    glyphs, widths = font['glyf'], font['hmtx']
    for code in range(0x30, 0x3A):
        name = font.getBestCmap()[code]
        glyph = glyphs[name]
        left = round((WIDTH - (glyph.xMax - glyph.xMin)) / 2)
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        widths[name] = (WIDTH, left)
    for record in font['name'].names:
        if record.nameID in (1, 4, 6):
            record.string = {1: 'Loa Num', 4: f'Loa Num {weight}', 6: f'LoaNum-{weight}'}[record.nameID]
    font.flavor = 'woff2'
    font.save(target)


def main(package: pathlib.Path, out: pathlib.Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    copy_subsets(package, out)
    for weight in WEIGHTS:
        digits_of_one_width(package / 'files' / f'be-vietnam-pro-latin-{weight}-normal.woff2',
                            out / f'loa-num-{weight}.woff2', weight)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
