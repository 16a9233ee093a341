import unittest

from planted import PlantedTest

README = 'modules/materials/README.md'


class Readmes(PlantedTest):
    check = 'check_readmes'

    def test_files_of_its_own_in_any_folder(self):
        self.plant(README, '# materials\n\n| file | is |\n|---|---|\n| `actions.h` `actions*.h` `designs.html` | x `other.cpp` |\n')
        self.assert_clean()

    def test_a_file_that_is_not_there(self):
        for name in ('gone.cpp', 'gone_*.h'):
            self.plant(README, '# materials\n\n| file | is |\n|---|---|\n| `actions.h` `%s` | what does it |\n' % name)
            self.assert_found(README, 5, name)


if __name__ == '__main__':
    unittest.main()
