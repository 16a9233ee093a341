#!/usr/bin/env python3
"""One name per thing, files where every reader expects them, and no file too long to read (rule 7).

    tools/check_names.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0
"""
import re
import sys

from lint.tree import CPP, main

MOST_LINES = 450
WORDLESS = re.compile(r'\b(?:class|struct|enum(?:\s+class)?|union|using|concept)\s+(?:\[\[.*?\]\]\s*)?'
                      r'(\w*(?:Manager|Helpers?|Utils?|Utilit(?:y|ies)|Data|Info))\b(?=\s*(?:final\b|[{;=]|:[^:]))')
WORDLESS_FILE = re.compile(r'(?:^|_)(?:manager|helpers?|utils?|utilities|data|info|misc|common)$')
# In set_late(true) and flag("late", true) the bool is what is set; Value(bool) = delete refuses one.
BOOL_PARAMETER = re.compile(r'(\w*)\s*(\((?:[^();{}]*,)?\s*(?:const\s+)?bool\b(?:\s+(\w+))?\s*(?=[,)=])[^;{]*)')
SETTER = re.compile(r'set|set_\w+|flag')
TABLE = re.compile(r'^\s*create\s+(?:virtual\s+)?table\s+(?:if\s+not\s+exists\s+)?(\w+)', re.I | re.M)
CODE_NAME = re.compile(r'`([A-Za-z_]\w*)`')

# A module reads like any other: these files and folders, and pairs <noun>.h and <noun>.cpp of its own.
NEEDED = ('README.md', 'CMakeLists.txt', 'module.cpp', 'types.h', 'actions.h', 'queries.h', 'sql/0001_init.sql',
          'sql/queries.sql', 'i18n/vi.json', 'i18n/en.json')
FIXED = re.compile(r'''README\.md|CMakeLists\.txt|module\.cpp|demo(_\w+)?\.(cpp|h)
    |(types|actions|queries|pages|jobs)\.h|(types|actions|queries|pages|jobs)(_\w+)?\.cpp
    |kinds/\w+\.(cpp|h)|sql/(\d{4}_\w+|queries(_\w+)?|public)\.sql|pages/\w+\.html|i18n/(vi|en)\.json|data/.+
    |tests/(\w+_test\.cpp|support/.+|golden/.+)''', re.X)
FIXED_OF_SPINE = re.compile(r'include/loa/plan/\w+\.h|reading/\w+\.(cpp|h)')
SPINE, SPINE_HEADERS = 'plan', 5


def snake(name):
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()


def words_of(tree):
    """The code names of the glossary: the first column of its tables, as snake_case."""
    path = tree.root / 'docs' / 'glossary.md'
    if not path.exists():
        return set()
    rows = (line.split('|') for line in path.read_text(encoding='utf-8').splitlines() if line.startswith('|'))
    return {snake(name) for row in rows for name in CODE_NAME.findall(row[1])}


def is_dropped(table, folder):
    """By the migration that made it, or by a later one."""
    drop = re.compile(r'\bdrop\s+table\s+%s\s*;' % table)
    return any(drop.search(path.read_text(encoding='utf-8')) for path in folder.glob('*.sql'))


def check_tables(tree, path, words):
    kind, owner = tree.owner(path)
    text = re.sub(r'--[^\n]*', '', path.read_text(encoding='utf-8'))
    for match in TABLE.finditer(text):
        line, table = text.count('\n', 0, match.start(1)) + 1, match.group(1)
        if not table.startswith(owner + '_'):
            tree.find(path, line, 'the tables of %s/%s are called %s_<noun>, not %s (rule 3)' % (kind, owner, owner, table))
        elif table[len(owner) + 1:] not in words and not is_dropped(table, path.parent):
            tree.find(path, line, '%s: "%s" is not in docs/glossary.md' % (table, table[len(owner) + 1:]))


def check_module(tree, folder):
    for name in NEEDED:
        if not (folder / name).exists():
            tree.find(folder, 1, 'a module has %s' % name)
    for path in sorted(path for path in folder.rglob('*') if path.is_file()):
        name = str(path.relative_to(folder))
        if FIXED.fullmatch(name) or (folder.name == SPINE and FIXED_OF_SPINE.fullmatch(name)):
            continue
        is_pair = '/' not in name and path.suffix in CPP
        if not is_pair:
            tree.find(path, 1, 'not a file that modules have: see the list in docs/tour.md')
        elif path.suffix == '.cpp' and not path.with_suffix('.h').exists():
            tree.find(path, 1, 'neither one of the fixed files nor a <noun>.cpp with its <noun>.h')
    headers = len(list(folder.glob('include/loa/%s/*.h' % SPINE)))
    if headers > SPINE_HEADERS:
        tree.find(folder / 'include', 1, 'the spine shows %d headers; %d are enough' % (headers, SPINE_HEADERS))


def check_cpp(tree, path):
    source = tree.source(path)
    for match in WORDLESS.finditer(source.code):
        tree.find(path, source.line(match.start(1)), '%s: a name that says nothing; which noun is it?' % match.group(1))
    if WORDLESS_FILE.search(path.stem) and not tree.is_test(path):
        tree.find(path, 1, '%s: a file named after nothing; which noun is it about?' % path.name)
    if tree.is_public(path):
        for match in BOOL_PARAMETER.finditer(source.code):
            if not SETTER.fullmatch(match.group(1)) and not match.group(2).rstrip().endswith('= delete'):
                tree.find(path, source.line(match.start(2)), '%s takes a bool%s: an enum says at the call what is meant'
                          % (match.group(1), ' "%s"' % match.group(3) if match.group(3) else ''))


def check(tree):
    words = words_of(tree)
    for path in tree.files(*CPP):
        check_cpp(tree, path)
    for path in tree.files('.sql'):
        if not tree.is_test(path):
            check_tables(tree, path, words)
    for folder in sorted((tree.root / 'modules').glob('*')):
        if folder.is_dir():
            check_module(tree, folder)
    for path in tree.files('.cpp', '.h', '.ts', '.py', below=('kernel', 'modules', 'app', 'assets', 'tests', 'tools', 'fuzz')):
        lines = path.read_text(encoding='utf-8').count('\n')
        if lines > MOST_LINES:
            tree.find(path, MOST_LINES, '%d lines: split it by noun' % lines)


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
