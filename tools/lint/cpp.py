"""As much of C++'s lexical grammar as the checks need: comments, literals and includes told apart from code."""
import re

LEXEME = re.compile(r'''
    (?P<comment>//(?:[^\n\\]|\\.|\\\n)*|/\*.*?\*/)
  | (?P<include>^[ \t]*\#[ \t]*include[ \t]*(?:"[^"\n]*"|<[^>\n]*>))
  | (?P<raw>(?:u8|[uUL])?R"(?P<tag>[^()\s\\"]{0,16})\(.*?\)(?P=tag)")
  | (?P<string>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
  | (?P<char>(?<![0-9A-Za-z_])(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+')
''', re.X | re.S | re.M)


class Source:
    """One C++ text. `code` has the length and lines of the text; comments and the insides of literals are blanks
    in it, so that what is found there is code."""

    def __init__(self, text):
        self.text = text
        self.includes = []  # (line, path, is_quoted)
        self.comments = []  # (line, text)
        self.literals = []  # (line, value): literals that only blanks and comments part are one
        self._starts = [0] + [match.end() for match in re.finditer('\n', text)]
        parts, at, run_on = [], 0, False
        for match in LEXEME.finditer(text):
            between = text[at:match.start()]
            parts.append(between)
            run_on = run_on and not between.strip()
            kind, value = match.lastgroup, match.group()
            if kind == 'tag':
                kind = 'raw'
            if kind == 'include':
                path = re.search(r'["<](.*)[">]', value).group(1)
                self.includes.append((self.line(match.start() + len(value) - len(value.lstrip())), path, '"' in value))
                parts.append(value)
                run_on = False
            elif kind == 'comment':
                self.comments.append((self.line(match.start()), value))
                parts.append(re.sub(r'[^\n]', ' ', value))
            elif kind == 'char':
                parts.append(re.sub(r"[^\n']", ' ', value))
                run_on = False
            else:
                inside = (value[value.index('(') + 1:value.rindex(')')] if kind == 'raw'
                          else value[value.index('"') + 1:-1].replace('\\n', '\n').replace('\\"', '"'))
                if run_on:
                    line, before = self.literals[-1]
                    self.literals[-1] = (line, before + inside)
                else:
                    self.literals.append((self.line(match.start()), inside))
                parts.append('"' + re.sub(r'[^\n]', ' ', value[1:-1]) + '"')
                run_on = True
            at = match.end()
        parts.append(text[at:])
        self.code = ''.join(parts)

    def line(self, offset):
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return low + 1
