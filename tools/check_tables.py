#!/usr/bin/env python3
"""Whose tables a statement touches (rule 3), as far as its text shows; a test that asks the database does the rest.

    tools/check_tables.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0

A library writes only its own tables, <name>_*. A module reads those, plan's, and of the kernel only the views
in <library>/sql/public.sql; a kernel library reads its own and such views.
"""
import re
import sys

from lint.tree import main

SPINE = 'plan'
QUIET = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
CREATED = re.compile(r'\bcreate\s+(?:virtual\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?(\w+)', re.I)
WRITTEN = re.compile(r'\b(?:insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from|(?:alter|drop)\s+table(?:\s+if\s+exists)?)'
                     r'\s+([a-z]\w*)', re.I)
READ = re.compile(r'\b(?:from|join|references)\s+([a-z]\w*)', re.I)
NAMED_HERE = re.compile(r'(?:\bwith(?:\s+recursive)?|,)\s+(\w+)(?:\s*\([\w\s,]*\))?\s+as\s*\(', re.I)


def texts(tree):
    """(path, the SQL without comments and literals, lines kept)."""
    for path in tree.files('.sql'):
        text = path.read_text(encoding='utf-8')
        yield path, QUIET.sub(lambda match: re.sub(r'[^\n]', ' ', match.group()), text)


def check(tree):
    owners, public = {}, set()
    for path, text in texts(tree):
        for table in CREATED.findall(text):
            owners[table.lower()] = tree.owner(path)
            if tree.owner(path)[0] == 'kernel' and path.name == 'public.sql':
                public.add(table.lower())

    for path, text in texts(tree):
        mine = tree.owner(path)
        named = {name.lower() for name in NAMED_HERE.findall(text)}

        def owner_of(table):
            return None if table in named else owners.get(table)

        written = {match.start(1) for match in WRITTEN.finditer(text)}
        for match in WRITTEN.finditer(text):
            owner = owner_of(match.group(1).lower())
            if owner not in (None, mine):
                tree.find(path, text.count('\n', 0, match.start()) + 1, '%s/%s writes %s, which belongs to %s/%s'
                          % (*mine, match.group(1), *owner))
        for match in READ.finditer(text):
            table = match.group(1).lower()
            owner = owner_of(table)
            if match.start(1) in written or owner in (None, mine) or table in public:
                continue
            if owner == ('modules', SPINE) and mine[0] != 'kernel':
                continue
            tree.find(path, text.count('\n', 0, match.start(1)) + 1, '%s/%s reads %s, which belongs to %s/%s%s'
                      % (*mine, match.group(1), *owner, ': ask for a view in its sql/public.sql'
                         if owner[0] == 'kernel' else ''))


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
