// A deputy acts for a leader until Friday. On Saturday she can't, and the timeline says who acted for whom.
import assert from 'node:assert/strict';
import { importByCommand, kPlanInWord, kPlanOfClerk, submit } from './steps.mjs';

const kLeader = 'Đặng Thị Mỹ Duyên';
const kDeputy = 'Huỳnh Tấn Phát';
const kApprove = 'form[action$="/duyet"] button';

export const journeys = [
  {
    title: 'a deputy acts for the leader until Friday and not on Saturday, by keyboard and in the dark',
    byKeyboard: true,
    startsOn: '2026-06-03T08:00:00+07:00', // a Wednesday
    async walk(house) {
      const { clock } = house.installation;
      const clerk = await house.person('vanhoa');
      const [first, second] = [kPlanOfClerk, kPlanInWord].map((file) => importByCommand(house.installation.loa, file));
      for (const paper of [first, second]) {
        await clerk.go(`/ke-hoach/${paper}/ra-soat`);
        await submit(clerk);
      }

      const leader = await house.person('lanhdao');
      await leader.go('/tai-khoan/thay-mat');
      const appoint = 'form[action$="/thay-mat"]';
      await leader.chooseNamed(`${appoint} #deputy`, kDeputy);
      await leader.fill(`${appoint} #last_day`, '2026-06-05');
      await leader.click(`${appoint} button`);
      assert.match(await leader.text('[role=alert]'), /Chưa ghi lý do/, 'a reason is asked for, and what was chosen is kept');
      if (house.examines) await leader.examine('deputies-refused');
      await leader.fill(`${appoint} #reason`, 'Nghỉ phép; Giấy ủy quyền số 12/GUQ-UBND');
      await leader.click(`${appoint} button`);
      assert.match(await leader.text(), new RegExp(`${kDeputy}.*đến hết ngày 05/06/2026`));

      clock.set('2026-06-05T16:30:00+07:00');
      const deputy = await house.person('chanhvanphong');
      await deputy.go('/thong-bao');
      assert.match(await deputy.text(), new RegExp(`${kLeader} giao quyền làm thay`));
      await deputy.go(`/ke-hoach/${first}`);
      assert.equal(await deputy.page.locator(kApprove).count(), 0, 'lent is not taken: he acts as himself until he says so');
      await deputy.go('/tai-khoan/thay-mat');
      if (house.examines) await deputy.examine('deputies');
      await deputy.click('form[action$="/bat-dau"] button');
      assert.match(await deputy.text('.banner:has(form)'), new RegExp(`Đang làm thay ${kLeader}`));
      await deputy.go(`/ke-hoach/${first}`);
      if (house.examines) await deputy.examine('acting-for');
      await deputy.click(kApprove);
      assert.match(await deputy.text(), /chờ ban hành/);

      clock.set('2026-06-06T08:00:00+07:00');
      assert.equal(await deputy.go(`/ke-hoach/${second}`), 200, 'he stays signed in');
      assert.equal(await deputy.page.locator('.banner:has(form)').count(), 0, 'as himself');
      assert.equal(await deputy.page.locator(kApprove).count(), 0, 'it is Saturday');
      await deputy.go('/tai-khoan/thay-mat');
      assert.equal(await deputy.page.locator('form[action$="/bat-dau"]').count(), 0);

      const auditor = await house.person('kiemtra');
      await auditor.go('/nhat-ky');
      const said = await auditor.text();
      assert.match(said, new RegExp(`${kDeputy} \\(làm thay ${kLeader}\\)`));
      assert.match(said, new RegExp(`giao quyền làm thay ${kLeader}`, 'i'));
      if (house.examines) await auditor.examine('timeline-acted-for');
    },
  },
];
