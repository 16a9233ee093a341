#!/usr/bin/env python3
"""Who may see whom (rules 1 and 2), what headers may bring along, and where coroutines may stand.

    tools/check_boundaries.py [ROOT]      prints file:line: what is wrong; exit 1 if anything was, else 0

The build refuses most of this too; here it is refused in a second, with the reason.
"""
import re
import sys

from lint.tree import CPP, main

SPINE = 'plan'
GENERATED = 'test_places.h'  # cmake/LoaModule.cmake writes it for tests
COROUTINES = 'kernel/web/server.cpp'
# What a brace follows when it opens a block; after anything else it initialises something.
BEFORE_BLOCK = re.compile(r'(?:\)|;|\{|\}|:|>|\b(?:else|do|try|const|noexcept|mutable|override))\s*$')
LAMBDA = re.compile(r'(?:^|[(,={;?:&|!]|\breturn|\bco_await)\s*\[(?!\[)')


def check_include(tree, path, line, name, quoted):
    kind, owner = tree.owner(path)
    if '..' in name.split('/'):
        tree.find(path, line, 'an include goes up with "..": name the library, loa/<library>/<header>.h')
        return
    if name == 'regex':
        tree.find(path, line, '<regex> is slow and takes the stack down on long input: write the few lines by hand')
    if not name.startswith('loa/'):
        if quoted and name != GENERATED and not any((folder / name).exists() for folder in (tree.folder_of(path), path.parent)):
            tree.find(path, line, '"%s" is not a file of %s/%s; nothing else can be seen from here (rule 1)'
                      % (name, kind, owner))
        if not quoted and tree.is_public(path) and ('/' in name or '.' in name) and not name.startswith('fmt/'):
            tree.find(path, line, 'a public header includes <%s>: only the standard library, fmt and our own headers; '
                                  'the rest belongs in the .cpp' % name)
        return
    target = name.split('/')[1]
    kernel = tree.declared('kernel')
    if target == SPINE:
        if kind == 'kernel':
            tree.find(path, line, 'kernel/%s includes modules/%s: the kernel knows no module (rule 1)' % (owner, SPINE))
    elif target not in kernel:
        tree.find(path, line, '%s: only kernel libraries and %s have headers to include (rule 1)' % (name, SPINE))
    elif kind == 'kernel' and owner in kernel and kernel.index(target) > kernel.index(owner):
        tree.find(path, line, 'kernel/%s includes loa/%s, which stands below it: the order is %s (rule 2)'
                  % (owner, target, ' '.join(kernel)))


def statement_around(code, at):
    """(start, end) of the statement that the offset stands in; the start follows ; { } of a block."""
    depth, start = 0, at
    while start > 0:
        char = code[start - 1]
        if char == ')':
            depth += 1
        elif char == '(':
            depth -= 1
        elif depth <= 0 and (char in ';}' or (char == '{' and BEFORE_BLOCK.search(code[:start - 1][-80:]))):
            break
        start -= 1
    depth, end = 0, start
    while end < len(code):
        char = code[end]
        if char in '([':
            depth += 1
        elif char in ')]':
            depth -= 1
        elif depth <= 0 and (char == ';' or (char == '{' and BEFORE_BLOCK.search(code[start:end][-80:]))):
            break
        end += 1
    return start, end


def check_coroutines(tree, path):
    source = tree.source(path)
    for match in re.finditer(r'\bco_(?:await|return|yield)\b', source.code):
        line = source.line(match.start())
        if str(path.relative_to(tree.root)) != COROUTINES:
            tree.find(path, line, '%s outside %s: everything else is a plain function (docs/adr/0005)'
                      % (match.group(), COROUTINES))
        elif match.group() == 'co_await':
            start, end = statement_around(source.code, match.start())
            statement = source.code[start:end]
            what = 'a lambda' if LAMBDA.search(statement) else 'a brace' if '{' in statement else ''
            if what:
                tree.find(path, line, '%s in an expression with co_await: g++ 12.2 destroys what it makes twice; '
                                      'give it a name in a line before (docs/adr/0005)' % what)


def check(tree):
    for path in tree.files(*CPP):
        for line, name, quoted in tree.source(path).includes:
            check_include(tree, path, line, name, quoted)
        check_coroutines(tree, path)
    for folder in sorted((tree.root / 'modules').glob('*/include')):
        if folder.parent.name != SPINE:
            tree.find(folder, 1, 'only %s has include/: peers would see modules/%s (rule 1)' % (SPINE, folder.parent.name))


if __name__ == '__main__':
    sys.exit(main(check, __doc__))
