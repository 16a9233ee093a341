#!/usr/bin/env python3
"""Writes a C++ file that holds the bytes of resource files (see cmake/Embed.cmake)."""
import os
import sys


def literal(data: bytes) -> str:
    out, line = [], []
    for byte in data:
        if byte in b'"\\':
            line.append('\\' + chr(byte))
        elif byte == 0x0A:
            line.append('\\n')
            out.append('"' + ''.join(line) + '"')
            line = []
        elif 0x20 <= byte < 0x7F and byte != 0x3F:  # '?' could start a trigraph
            line.append(chr(byte))
        else:
            line.append('\\%03o' % byte)
        if len(line) > 400:
            out.append('"' + ''.join(line) + '"')
            line = []
    out.append('"' + ''.join(line) + '"')
    return '\n'.join(out)


def main(root: str, target: str, listing: str, out: str) -> None:
    files = [f for f in open(listing, encoding='utf-8').read().split('\n') if f]
    parts = ['#include "loa/base/embedded.h"\n#include <iterator>\nnamespace {\n'
             'constexpr loa::EmbeddedFile files[] = {\n']
    for path in sorted(files):
        data = open(path, 'rb').read()
        parts.append('{"%s", {%s, %d}},\n' % (os.path.relpath(path, root), literal(data), len(data)))
    parts.append('};\nconst loa::EmbeddedFiles registration{files, std::size(files)};\n}\n'
                 'extern "C" { extern const int loa_embedded_%s; const int loa_embedded_%s = 1; }\n' % (target, target))
    with open(out, 'w', encoding='utf-8') as stream:
        stream.write(''.join(parts))


if __name__ == '__main__':
    main(*sys.argv[1:])
