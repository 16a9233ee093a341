"""The sources of Loa by the part they belong to, and findings about them."""
import pathlib
import re
import sys

from lint.cpp import Source

PARTS = ('kernel', 'modules')
CPP = ('.cpp', '.h')
NOT_OURS = ('build', 'node_modules', 'var', '.git', '__pycache__')


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.findings = []
        self._sources = {}

    def find(self, path, line, what):
        self.findings.append((str(path.relative_to(self.root)), line, what))

    def files(self, *suffixes, below=('kernel', 'modules', 'app')):
        """Every file there with one of these suffixes, in a stable order."""
        for place in below:
            for path in sorted((self.root / place).rglob('*')):
                if path.suffix in suffixes and path.is_file() and not set(NOT_OURS) & set(path.parts[len(self.root.parts):]):
                    yield path

    def source(self, path):
        if path not in self._sources:
            self._sources[path] = Source(path.read_text(encoding='utf-8'))
        return self._sources[path]

    def owner(self, path):
        """The library that a file belongs to: ("kernel", "web"), ("modules", "plan") or ("app", "app")."""
        parts = path.relative_to(self.root).parts
        return (parts[0], parts[1]) if parts[0] in PARTS else (parts[0], parts[0])

    def folder_of(self, path):
        kind, name = self.owner(path)
        return self.root / kind / name if kind in PARTS else self.root / kind

    def inside(self, path):
        """The path within its library: include/loa/web/http.h."""
        return path.relative_to(self.folder_of(path))

    def is_test(self, path):
        """Tests, and the support for tests that a library offers to those above it (testing.h, testing.cpp)."""
        return 'tests' in self.inside(path).parts or path.stem == 'testing'

    def is_public(self, path):
        return path.suffix == '.h' and self.inside(path).parts[0] == 'include'

    def declared(self, kind):
        """The libraries of kernel/ or modules/ in the order of CMakeLists.txt: the order is the architecture."""
        text = (self.root / 'CMakeLists.txt').read_text(encoding='utf-8')
        return re.findall(r'^\s*add_subdirectory\(%s/(\w+)\)' % kind, text, re.M)


def main(check, usage):
    """Runs check(tree) on the folder named on the command line, or on this checkout; tells what it found."""
    if len(sys.argv) > 2 or sys.argv[1:] in (['-h'], ['--help']):
        print(usage)
        return 2
    tree = Tree(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(__file__).parents[2])
    check(tree)
    for path, line, what in sorted(set(tree.findings)):
        print('%s:%d: %s' % (path, line, what))
    return 1 if tree.findings else 0
