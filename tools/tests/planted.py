"""A small tree that breaks no rule, in which a test plants one file that does."""
import importlib
import pathlib
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOOLS))

from lint.tree import Tree  # noqa: E402

CLEAN = {
    'CMakeLists.txt': 'add_subdirectory(kernel/base)\nadd_subdirectory(kernel/storage)\nadd_subdirectory(kernel/web)\n'
                      'add_subdirectory(modules/plan)\nadd_subdirectory(modules/materials)\nadd_subdirectory(app)\n',
    'docs/glossary.md': '| code | Tiếng Việt | meaning |\n|---|---|---|\n| `Design` | mẫu thiết kế | what is printed |\n',
    'kernel/base/include/loa/base/id.h': '#include <cstdint>\n#include <fmt/format.h>\nstruct Id {};\n',
    'kernel/base/id.cpp': '#include "loa/base/id.h"\n',
    'kernel/storage/include/loa/storage/database.h': '#include "loa/base/id.h"\nvoid set_fresh(bool fresh);\n',
    'kernel/storage/sqlite.cpp': '#include <sqlite3.h>\n',
    'kernel/web/include/loa/web/route.h': '#include "loa/storage/database.h"\n',
    'kernel/web/server.cpp': '#include "loa/web/route.h"\nawaitable<void> serve() {\n    const Token token{1};\n'
                             '    while (const bool more = co_await read(token)) {\n        handle([]() { return 1; });\n'
                             '        co_await write({first(), token}.size());\n    }\n}\n'.replace(
                                 'write({first(), token}.size())', 'write(first(), token[0])'),
    'kernel/web/pages/layout_plain.html': '<title>{{frame.title}} – Loa</title><main>{{{body}}}</main>\n',
    'modules/plan/include/loa/plan/reading.h': '#include "loa/base/id.h"\n',
    'modules/plan/reading/words.cpp': 'constexpr auto kDay = "ngày";\n',
    'modules/materials/README.md': '# materials\n',
    'modules/materials/CMakeLists.txt': 'loa_module(materials)\n',
    'modules/materials/module.cpp': '#include "actions.h"\n',
    'modules/materials/types.h': 'struct Design {};\n',
    'modules/materials/actions.h': '#include "loa/plan/reading.h"\n#include "types.h"\n',
    'modules/materials/queries.h': '',
    'modules/materials/sql/0001_init.sql': '-- distributed by authority_id\ncreate table materials_design (\n'
                                            '    authority_id bigint not null,\n    id bigint not null,\n'
                                            '    constraint materials_design_pkey primary key (authority_id, id)\n);\n',
    'modules/materials/sql/queries.sql': '',
    'modules/materials/pages/designs.html': '<h1>{{@materials.designs}}</h1>\n<img alt="" src="{{picture}}">&nbsp;\n',
    'modules/materials/i18n/vi.json': '{\n  "materials.designs": "Mẫu thiết kế"\n}\n',
    'modules/materials/i18n/en.json': '{\n  "materials.designs": "Designs"\n}\n',
    'modules/materials/tests/actions_test.cpp': 'auto text = "select id from materials_design where name = \'Mẫu\'";\n',
}
SPINE = {
    'README.md': '', 'CMakeLists.txt': '', 'module.cpp': '', 'types.h': '', 'actions.h': '', 'queries.h': '',
    'sql/0001_init.sql': '', 'sql/queries.sql': '', 'i18n/vi.json': '{}\n', 'i18n/en.json': '{}\n',
}
CLEAN.update({'modules/plan/' + name: text for name, text in SPINE.items()})


class PlantedTest(unittest.TestCase):
    """check = 'check_text' in a subclass names the check that its tests are about."""
    check = ''

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name, text in CLEAN.items():
            self.plant(name, text)

    def plant(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')

    def findings(self):
        tree = Tree(self.root)
        importlib.import_module(self.check).check(tree)
        return sorted(set(tree.findings))

    def assert_clean(self):
        self.assertEqual(self.findings(), [])

    def assert_found(self, path, line, part):
        """Exactly one finding: there, on that line, and saying so."""
        findings = self.findings()
        self.assertEqual([(found[0], found[1]) for found in findings], [(path, line)], findings)
        self.assertIn(part, findings[0][2])
