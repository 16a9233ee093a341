// The same work for people who see, point and browse otherwise: without script, in high contrast.
import assert from 'node:assert/strict';
import { approve, importFile, issue, kPlanOfClerk, review, submit } from './steps.mjs';

export const journeys = [
  {
    title: 'without script the plan goes all the way',
    async walk(house) {
      const clerk = await house.person('vanhoa', { script: false });
      const plan = await importFile(clerk, kPlanOfClerk);
      // A field names its lines, and the link leads to them.
      const first = '#hoat-dong details.extract:nth-of-type(1)';
      await clerk.click(`${first} > summary`);
      const line = await clerk.page.locator(`${first} .label__at`).first().getAttribute('href');
      assert.equal(await clerk.page.locator(`.doc ${line}`).count(), 1, line);
      await review(clerk);
      await submit(clerk);
      await approve(house, plan);
      await issue(clerk, plan, '15');
      const leader = await house.person('lanhdao', { script: false });
      await leader.go('/thong-bao');
      assert.match(await leader.text(), /duyệt/);
      await leader.go('/tim-kiem?q=van+phong');
      assert.match(await leader.text(), /Văn phòng HĐND và UBND xã/);
    },
  },
  {
    title: 'in high contrast every page stays clean',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await clerk.go('/tong-quan');
      const colours = () => clerk.page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
      const plain = await colours();
      await clerk.page.emulateMedia({ contrast: 'more' });
      const asked = await colours();
      await clerk.page.emulateMedia({ contrast: null });
      assert.deepEqual(await colours(), plain);
      await clerk.click('details:has(button[name=contrast]) > summary');
      await clerk.click('button[name=contrast][value=more]');
      assert.equal(await clerk.page.locator('html').getAttribute('data-contrast'), 'more');
      assert.deepEqual(await colours(), asked, 'as the device would have it');
      assert.notDeepEqual(asked, plain);
      const draft = await importFile(clerk, kPlanOfClerk);
      if (!house.examines) return;
      const visit = async (name, path) => {
        assert.equal(await clerk.go(path), 200, path);
        await clerk.examine(`contrast-${name}`, { widths: [390] });
      };
      const first = (selector) => clerk.page.locator(`main ${selector}`).first().getAttribute('href');
      await visit('overview', '/tong-quan');
      await visit('import', '/ke-hoach/nhap');
      await visit('review', `/ke-hoach/${draft}/ra-soat`);
      await clerk.page.locator('form[action$="/chuyen-ra-soat"] button').first().click();
      await clerk.page.waitForSelector('[role=alert]');
      await clerk.examine('contrast-review-refused', { widths: [390] });
      await visit('draft', `/ke-hoach/${draft}`);
      await visit('completion', `/ke-hoach/${draft}/bo-sung`);
      await visit('plans', '/ke-hoach');
      const plan = await first('a[href^="/ke-hoach/"]:has-text("cải cách hành chính")');
      await visit('plan', plan);
      const activity = await first('article h2 a');
      for (const tab of ['nhiem-vu', 'noi-dung', 'can-cu', 'don-vi', 'ban-sua-doi', 'dien-bien']) await visit(`plan-${tab}`, `${plan}?muc=${tab}`);
      await visit('aggregator', `${plan}/co-quan-tong-hop`);
      await visit('activity', activity);
      await visit('unit-work', '/viec-don-vi');
      await visit('assignment', await first('.tasks a'));
      await visit('units', '/don-vi');
      await visit('unit', await clerk.page.locator('main a[href^="/don-vi/"]').nth(2).getAttribute('href'));
      await visit('notices', '/thong-bao');
      await visit('search', '/tim-kiem?q=loa%20truyen%20thanh');
      await visit('account', '/tai-khoan');
      await visit('components', '/-/components');
    },
  },
];
