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
      await clerk.click('details:has(button[name=contrast]) > summary');
      await clerk.click('button[name=contrast][value=more]');
      assert.equal(await clerk.page.locator('html').getAttribute('data-contrast'), 'more');
      const plan = await importFile(clerk, kPlanOfClerk);
      if (!house.examines) return;
      const visit = async (name, path) => {
        assert.equal(await clerk.go(path), 200, path);
        await clerk.examine(`contrast-${name}`, { widths: [390] });
      };
      await visit('overview', '/tong-quan');
      await visit('review', `/ke-hoach/${plan}/ra-soat`);
      await visit('completion', `/ke-hoach/${plan}/bo-sung`);
      await visit('plan', `/ke-hoach/${plan}`);
      await visit('unit-work', '/viec-don-vi');
      await visit('components', '/-/components');
    },
  },
];
