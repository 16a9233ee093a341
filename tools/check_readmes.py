#!/usr/bin/env python3
"""The files that the table of a README.md tells of are there.

    tools/check_readmes.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0

What the first column names in `backquotes`, with a suffix of code, stands below the README's own folder; with a * in it at
least one file does.
"""
import re
import sys

from lint.tree import main

NAMED = re.compile(r'`([A-Za-z0-9_/*-][A-Za-z0-9_./*-]*\.(?:cpp|h|py|sql|html|mjs|js|css))`')
FIRST_CELL = re.compile(r'\|([^|]*)\|')


def check(tree):
    for path in tree.files('.md', below=('kernel', 'modules', 'bench')):
        if path.name != 'README.md':
            continue
        for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            cell = FIRST_CELL.match(line)
            for name in NAMED.findall(cell.group(1)) if cell else ():
                if not any(path.parent.rglob(name)):
                    tree.find(path, number, '%s is not there' % name)


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
