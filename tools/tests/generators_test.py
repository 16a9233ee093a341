"""tools/new-module and tools/add-string on a small tree; that a new module builds is tried by new_module_build.py."""
import json
import shlex
import shutil
import subprocess
import unittest

from planted import TOOLS, PlantedTest

PROGRAM = ('#include "program.h"\n\nnamespace loa::app {\n\nvoid join_all(Registry& registry) {\n'
           '    plan::join(registry);\n    join_pages(registry);\n}\n\n}\n')
GLOSSARY = ('| `Design` | x | y | z |\n\n## Carrying it out\n| code | Tiếng Việt | meaning | from |\n|---|---|---|---|\n'
            '| `Monitoring` | theo dõi | seeing | source plan |\n')
ROUTES = ('# Who meets what.\nmethod\tpattern\trecord\tclerk\tauditor\tother_unit\tstranger\n'
          'GET\t/ke-hoach\t-\tpage\tpage\tpage\tsign_in\n')


class NewModule(PlantedTest):
    check = 'check_names'

    def setUp(self):
        super().setUp()
        self.plant('CMakeLists.txt', self.read('CMakeLists.txt').replace(
            'add_subdirectory(modules/plan)', 'add_subdirectory(kernel/i18n)\nadd_subdirectory(kernel/identity)\n'
            'add_subdirectory(modules/plan)'))
        self.plant('app/program.h', '')
        self.plant('app/program.cpp', PROGRAM)
        self.plant('docs/glossary.md', GLOSSARY)
        self.plant('app/tests/routes.tsv', ROUTES)

    def make(self, *arguments):
        return subprocess.run([TOOLS / 'new-module', '--root', self.root, *arguments], capture_output=True, text=True)

    def read(self, name):
        return (self.root / name).read_text(encoding='utf-8')

    def test_every_rule_is_kept(self):
        self.assertEqual(self.make('training', '--noun', 'training_class', '--vi', 'Tập huấn').returncode, 0)
        self.assert_clean()
        done = subprocess.run([TOOLS / 'check', self.root], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ''))

    def test_the_house_comes_to_know_it(self):
        self.make('training', '--noun', 'training_class', '--noun-vi', 'lớp tập huấn')
        self.make('broadcast')
        self.assertIn('add_subdirectory(modules/materials)\nadd_subdirectory(modules/training)\n'
                      'add_subdirectory(modules/broadcast)\nadd_subdirectory(app)', self.read('CMakeLists.txt'))
        self.assertIn('    plan::join(registry);\n    training::join(registry);\n    broadcast::join(registry);\n'
                      '    join_pages(registry);', self.read('app/program.cpp'))
        self.assertIn('| `TrainingClass` | lớp tập huấn |', self.read('docs/glossary.md'))
        self.assertIn('`BroadcastItem`', self.read('docs/glossary.md'))

    def test_the_table_of_routes_says_who_may_come_in(self):
        self.make('training', '--path', 'tap-huan')
        self.make('broadcast')
        self.assertEqual(self.read('app/tests/routes.tsv'), ROUTES + (
            '# training\nGET\t/tap-huan\t-\tpage\tpage\tpage\tsign_in\nPOST\t/tap-huan\t-\tform\tforbidden\tform\tsign_in\n'
            '# broadcast\nGET\t/broadcast\t-\tpage\tpage\tpage\tsign_in\nPOST\t/broadcast\t-\tform\tforbidden\tform\tsign_in\n'))

    def test_the_command_of_the_guide_works_as_written(self):
        guide = (TOOLS.parent / 'docs/howto/add-a-module.md').read_text(encoding='utf-8')
        words = shlex.split(guide.partition('```sh\n')[2].partition('\ncmake ')[0].replace('\\\n', ''))
        self.assertEqual(words[:2], ['tools/new-module', 'materials'])
        shutil.rmtree(self.root / 'modules/materials')
        done = self.make(*words[1:])
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertIn('"/vat-lieu"', self.read('modules/materials/pages.cpp'))

    def test_plurals(self):
        for name, noun, nouns in (('procedures', 'procedure', 'procedures'), ('indices', 'index', 'indexes'),
                                  ('activities', 'activity', 'activities')):
            self.make(name, *(['--noun', noun] if name == 'indices' else []))
            self.assertIn('> %s(Work& work);' % nouns, self.read('modules/%s/queries.h' % name))

    def test_what_is_in_the_way_changes_nothing(self):
        for arguments in (['materials'], ['web'], ['app'], ['Training'], ['training', '--noun', 'a b'],
                          ['training', '--path', '/Đ'], ['training', '--path', 'ke-hoach']):
            self.assertEqual(self.make(*arguments).returncode, 2, arguments)
        self.assertFalse((self.root / 'modules/training').exists())
        self.assertEqual((self.read('app/program.cpp'), self.read('app/tests/routes.tsv')), (PROGRAM, ROUTES))


class AddString(PlantedTest):
    def setUp(self):
        super().setUp()
        self.plant('tools/add-string', (TOOLS / 'add-string').read_text(encoding='utf-8'))

    def add(self, *arguments):
        return subprocess.run(['python3', self.root / 'tools/add-string', *arguments], capture_output=True, text=True).returncode

    def texts(self, language):
        text = (self.root / 'modules/materials/i18n' / (language + '.json')).read_text(encoding='utf-8')
        return list(json.loads(text).items())

    def test_both_files_stay_sorted(self):
        self.assertEqual(self.add('materials.approve', 'Duyệt', 'Approve'), 0)
        self.assertEqual(self.texts('vi'), [('materials.approve', 'Duyệt'), ('materials.designs', 'Mẫu thiết kế')])
        self.assertEqual(self.texts('en'), [('materials.approve', 'Approve'), ('materials.designs', 'Designs')])

    def test_a_plural_is_english_only(self):
        self.assertEqual(self.add('materials.left', 'Còn {n} ngày', '{n} day left', '{n} days left'), 0)
        self.assertEqual(self.texts('vi')[1], ('materials.left', 'Còn {n} ngày'))
        self.assertEqual(self.texts('en')[1], ('materials.left', {'one': '{n} day left', 'other': '{n} days left'}))

    def test_refusals_change_nothing(self):
        before = self.texts('vi'), self.texts('en')
        self.assertEqual(self.add('materials.designs', 'Mẫu', 'Designs'), 1)
        for arguments in (['posters.a', 'x', 'x'], ['materials', 'x', 'x'], ['materials.a', '', 'x'],
                          ['materials.a', 'Còn {n}', 'Left'], ['materials.a', 'Còn {n}', '{n} left', 'more left'],
                          ['materials.a', 'x']):
            self.assertEqual(self.add(*arguments), 2, arguments)
        self.assertEqual((self.texts('vi'), self.texts('en')), before)


if __name__ == '__main__':
    unittest.main()
