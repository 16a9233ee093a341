// Work by keyboard alone: the palette, the search field, the lists, and what the keys must leave alone.
import assert from 'node:assert/strict';
import { importFile, kPlanOfClerk } from './steps.mjs';

const kPalette = '#mo-nhanh';
const kHelp = '#phim-tat';
const kTitle = /Tuyên truyền thủ tục hành chính/;

const press = async (person, ...keys) => {
  for (const key of keys) await person.page.keyboard.press(key);
};
const isOpen = (person, dialog) => person.page.locator(dialog).evaluate((element) => element.open);
const focused = (person) => person.page.evaluate(() => (document.activeElement.id || document.activeElement.textContent).trim());
/** The line that a screen reader reads as chosen. */
const chosen = (person) => person.page.evaluate(() => {
  const field = document.activeElement;
  const option = document.getElementById(field.getAttribute('aria-activedescendant'));
  const wrong = field.getAttribute('role') !== 'combobox' || option?.getAttribute('role') !== 'option' || option.getAttribute('aria-selected') !== 'true';
  return wrong ? null : option.textContent;
});
const options = (person) => person.page.locator(`${kPalette} [role=option]`).allInnerTexts();

async function lookUp(person, words) {
  await press(person, 'Control+k');
  await person.page.keyboard.type(words);
  await person.page.waitForFunction(([palette]) => {
    const said = document.querySelector(`${palette} [role=status]`);
    return [said.dataset.none, said.dataset.failed].includes(said.textContent) || said.textContent.startsWith(said.dataset.count);
  }, [kPalette]);
}

async function goesByPress(person, key, address) {
  await Promise.all([person.page.waitForURL(address), person.page.keyboard.press(key)]);
  await person.page.waitForLoadState('load');
}

export const journeys = [
  {
    title: 'the keyboard leads anywhere: palette, search field, lists, and the keys that say so',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const plan = await importFile(clerk, kPlanOfClerk);
      await clerk.go('/tong-quan');
      await press(clerk, 'Control+k');
      assert.equal(await chosen(clerk), 'Tổng quan', 'the pages of the navigation stand there at once');
      await press(clerk, 'ArrowDown');
      assert.notEqual(await chosen(clerk), 'Tổng quan');
      await press(clerk, 'ArrowUp', 'ArrowUp');
      assert.equal(await chosen(clerk), (await options(clerk)).at(-1), 'it goes round');
      await press(clerk, 'Escape');
      assert.equal(await isOpen(clerk, kPalette), false);
      await lookUp(clerk, 'viec cua don vi');
      assert.match(await chosen(clerk), /Việc của đơn vị/, 'a page of the navigation without its marks');
      await goesByPress(clerk, 'Enter', '**/viec-don-vi');

      await lookUp(clerk, 'tuyen truyen thu tuc');
      assert.match((await options(clerk)).join('\n'), kTitle);
      if (house.examines) await clerk.examine('palette');
      while (!kTitle.test(await chosen(clerk))) await press(clerk, 'ArrowDown');
      await goesByPress(clerk, 'Enter', `**/ke-hoach/${plan}**`);

      await press(clerk, '/');
      assert.equal(await focused(clerk), 'tim');
      await clerk.page.keyboard.type('j/k?');
      assert.equal(await clerk.page.locator('#tim').inputValue(), 'j/k?', 'in a field they are letters');
      assert.equal(await isOpen(clerk, kHelp), false);

      await clerk.go('/ke-hoach');
      await press(clerk, 'j', 'j', 'k');
      assert.match(await focused(clerk), kTitle);
      await goesByPress(clerk, 'Enter', `**/ke-hoach/${plan}`);
      await clerk.go(`/ke-hoach/${plan}/ra-soat`);
      await press(clerk, 'j', 'j', 'Enter');
      assert.equal(await clerk.page.locator('#hoat-dong details.extract').nth(1).getAttribute('open'), '', 'the second item of the review');

      await press(clerk, '?');
      assert.equal(await isOpen(clerk, kHelp), true);
      if (house.examines) await clerk.examine('keys');
      await press(clerk, 'j', 'Escape');
      assert.equal(await isOpen(clerk, kHelp), false);
      assert.deepEqual(clerk.faults, []);
    },
  },
  {
    title: 'the palette shows nobody more than the search page does, and says what it could not do',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const plan = await importFile(clerk, kPlanOfClerk);
      const hamlet = await house.person('binhhoa1');
      await hamlet.go('/tong-quan');
      await lookUp(hamlet, 'tuyen truyen thu tuc');
      assert.doesNotMatch((await options(hamlet)).join('\n'), kTitle, 'a draft is for those who draft');
      const shown = (await options(hamlet)).slice(0, -1).map((option) => option.split('\n')[0]);
      await hamlet.go('/tim-kiem?q=tuyen+truyen+thu+tuc');
      const found = await hamlet.page.locator('main [data-list] > li a').allInnerTexts();
      assert.deepEqual(shown, found, 'what the search page shows');
      await lookUp(hamlet, 'khongaiviettunay');
      assert.equal((await options(hamlet)).length, 1, 'the way to the search page');
      assert.match(await hamlet.text(kPalette), /Không có mục nào khớp/);
      await goesByPress(hamlet, 'Enter', '**/tim-kiem?q=khongaiviettunay');
      assert.match(await hamlet.text(), /Không tìm thấy/);
      await press(hamlet, 'Control+k');
      assert.doesNotMatch((await options(hamlet)).join('\n'), /Người dùng/, 'no page that she may not open');
      // The session ends elsewhere: the palette says so, and the words stay.
      await hamlet.context.clearCookies();
      await hamlet.page.keyboard.type('phong van hoa');
      await hamlet.page.waitForSelector(`${kPalette} [role=status]:has-text("Chưa tìm được")`);
      assert.equal(await hamlet.page.locator(`${kPalette} input`).inputValue(), 'phong van hoa');
      assert.ok(plan);
    },
  },
  {
    title: 'a task is found by the palette, and another unit is not told that it is there',
    async walk(house) {
      const head = await house.person('truongvhxh');
      await head.go('/viec-don-vi');
      await head.click('main a:has-text("IV.A.1")');
      await head.click('details:has(form[action$="/cong-viec/mau"]) > summary');
      await head.chooseNamed('#template-template', 'Bản tin loa truyền thanh');
      await head.click('form[action$="/cong-viec/mau"] button');
      const officer = await house.person('vanhoa');
      await officer.go('/tong-quan');
      await lookUp(officer, 'viet loi ban tin');
      const task = /Viết lời bản tin/;
      assert.match((await options(officer)).join('\n'), task);
      if (house.examines) await officer.examine('palette-task');
      while (!task.test(await chosen(officer))) await press(officer, 'ArrowDown');
      await goesByPress(officer, 'Enter', '**/cong-viec/*');
      assert.match(await officer.text('h1'), task);

      const hamlet = await house.person('binhhoa1');
      await hamlet.go('/tong-quan');
      await lookUp(hamlet, 'viet loi ban tin');
      assert.doesNotMatch((await options(hamlet)).join('\n'), task);
      await hamlet.go('/tim-kiem?q=viet+loi+ban+tin');
      assert.doesNotMatch(await hamlet.text('main'), /Viết lời bản tin/);
      assert.deepEqual(officer.faults, []);
    },
  },
  {
    title: 'keys of one character keep quiet where they must, and can be switched off',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await importFile(clerk, kPlanOfClerk);
      await clerk.go('/ke-hoach');
      const here = () => clerk.page.evaluate(() => document.activeElement === document.body);
      await press(clerk, 'Control+j', 'Alt+j', 'Alt+/');
      await clerk.page.evaluate(() => {
        for (const key of ['j', '?', '/']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }));
      });
      assert.ok(await here(), 'with modifiers and while an input method composes nothing happens');
      assert.equal(await isOpen(clerk, kHelp), false);

      // By keyboard to the menu of the account, and off.
      await clerk.page.locator('.bar .menu > summary').focus();
      await press(clerk, 'Enter');
      await clerk.page.locator('button[name=keys][value=off]').focus();
      await press(clerk, 'Enter');
      await clerk.page.waitForSelector('html[data-keys=off]');
      await press(clerk, 'j', '/', '?');
      assert.ok(await here());
      assert.equal(await isOpen(clerk, kHelp), false);
      await press(clerk, 'Control+k');
      assert.equal(await isOpen(clerk, kPalette), true, 'Ctrl+K is no key of one character');
      await press(clerk, 'Escape');

      // What the keys do is told by the menu, too.
      await clerk.page.locator('.bar .menu > summary').focus();
      await press(clerk, 'Enter');
      if (house.examines) await clerk.examine('keys-menu');
      await clerk.page.locator('button[data-shows=phim-tat]').focus();
      await press(clerk, 'Enter');
      assert.match(await clerk.text(kHelp), /đang tắt/);
      await press(clerk, 'Escape');
      await clerk.click('.bar .menu > summary');
      await clerk.click('button[name=language][value=en]');
      await press(clerk, 'Control+k');
      assert.match(await clerk.text(kPalette), /Go to/);
      await press(clerk, 'Escape');

      await clerk.page.setViewportSize({ width: 390, height: 800 });
      await clerk.click('button[data-shows=mo-nhanh]');
      assert.equal(await isOpen(clerk, kPalette), true, 'a phone has a button for it');
      const plain = await house.person('vanhoa', { script: false });
      await plain.go('/ke-hoach');
      assert.equal(await plain.page.locator('button[data-shows] >> visible=true').count(), 0);
      assert.equal(await plain.page.locator('.bar form.search').isVisible(), true);
    },
  },
];
