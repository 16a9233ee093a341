// In December the office makes next year's plan from this year's: what is open is ticked, what fell short is said.
import assert from 'node:assert/strict';
import { review, submit } from './steps.mjs';

export const journeys = [
  {
    title: 'next year\'s plan from this year\'s',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await clerk.go('/ke-hoach?state=issued');
      await clerk.click('main a[href^="/ke-hoach/"]:has-text("2026")');
      await clerk.click('main a[href$="/nam-sau"]');
      assert.match(await clerk.text(), /muộn hơn 1 năm/);
      const boxes = clerk.page.locator('main input[name=items]');
      const offered = await boxes.count();
      const ticked = await clerk.page.locator('main input[name=items]:checked').count();
      assert.ok(offered > 0 && ticked > 0, `${ticked} of ${offered}`);
      if (house.examines) await clerk.examine('next-year');
      for (let at = 0; at < offered; ++at) await boxes.nth(at).uncheck();
      await clerk.click('main form[action$="/nam-sau"] button');
      assert.match(await clerk.text(), /chọn ít nhất một việc/);
      await clerk.page.locator('main input[name=items]').first().check();
      await clerk.click('main form[action$="/nam-sau"] button');
      await clerk.page.waitForURL(/\/ra-soat/);
      assert.match(await clerk.page.locator('#van-ban textarea[name=title], #van-ban input[name=title]').first().inputValue(), /2027/);
      await review(clerk);
      await submit(clerk);
      const other = await house.person('motcua');
      const plan = /\/ke-hoach\/(\d+)/.exec(clerk.page.url())[1];
      assert.equal(await other.go(`/ke-hoach/${plan}`), 404, 'a draft is its office\'s business');
      assert.equal(await other.go(`/ke-hoach/${plan}/nam-sau`), 404);
    },
  },
];
