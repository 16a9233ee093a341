// What else can happen to a plan: what was read is taken apart and put together, the leader returns it, a misreading
// is mended after issue, an activity becomes a conference, the plan is closed or withdrawn.
import assert from 'node:assert/strict';
import { approve, importFile, issue, issued, kPlanOfClerk, review, submit } from './steps.mjs';

const activity = (number) => `#hoat-dong details.extract:nth-of-type(${number})`;
const duty = (number) => `#nhiem-vu details.extract:nth-of-type(${number})`;

/** Opens the card, and what stands under "Sắp xếp" in it. */
async function arrange(clerk, card, act) {
  await clerk.click(`${card} > summary`);
  await clerk.click(`${card} details.more > summary`);
  await clerk.click(`${card} button[formaction$="/${act}"]`);
}

const titles = (clerk) => clerk.page.locator('#hoat-dong details.extract:not(.extract--add) > summary > span:not(.conf) > b').allInnerTexts();

export const journeys = [
  {
    title: 'what was read is split, merged, moved, dropped, added to, and a duty is attached',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const plan = await importFile(clerk, kPlanOfClerk);
      await clerk.click(`${activity(4)} > summary`);
      await clerk.fill(`${activity(4)} textarea[name=title]`, 'Khảo sát mức độ hài lòng\nCông khai kết quả khảo sát');
      await clerk.click(`${activity(4)} details.more > summary`);
      await clerk.click(`${activity(4)} button[formaction$="/tach"]`);
      assert.deepEqual((await titles(clerk)).slice(3), ['Khảo sát mức độ hài lòng', 'Công khai kết quả khảo sát']);
      assert.match(await clerk.text(activity(5)), /Văn phòng HĐND và UBND xã/, 'both parts keep who leads');
      await arrange(clerk, activity(5), 'len');
      assert.equal((await titles(clerk))[3], 'Công khai kết quả khảo sát');
      await arrange(clerk, activity(5), 'gop');
      assert.equal((await titles(clerk)).length, 4);
      assert.match(await clerk.page.locator(`${activity(4)} textarea[name=content]`).inputValue(), /Khảo sát mức độ hài lòng/, 'nothing of it is lost');

      const added = '#hoat-dong details.extract--add';
      await clerk.click(`${added} > summary`);
      await clerk.click(`${added} form p > button`);
      assert.match(await clerk.text(), /Lỗi|Nhập tên hoạt động|Nhập/, 'an activity without a name is refused');
      await clerk.fill(`${added} textarea[name=title]`, 'Phát tờ gấp tại chợ');
      await clerk.fill(`${added} textarea[name=leads]`, 'Phòng Kinh tế');
      await clerk.click(`${added} form p > button`);
      assert.equal((await titles(clerk)).at(-1), 'Phát tờ gấp tại chợ');
      await clerk.click(`${activity(5)} > summary`);
      await clerk.click(`${activity(5)} button[formaction$="/bo"]`);
      assert.match(await clerk.text(`${activity(5)} > summary`), /Phát tờ gấp tại chợ.*Đã bỏ/s, 'it may be taken back until the draft is submitted');

      // The duty of the hamlets is part of the class of activity 3.
      await clerk.click(`${duty(3)} > summary`);
      const choice = await clerk.page.locator(`${duty(3)} select[name=activity] option:has-text("Mở lớp hướng dẫn")`).getAttribute('value');
      await clerk.choose(`${duty(3)} select[name=activity]`, choice);
      await clerk.click(`${duty(3)} form p > button`);
      assert.match(await clerk.text(duty(3)), /Mở lớp hướng dẫn/);

      // A name that no unit bears becomes one of the units that there are.
      await clerk.click(`${activity(3)} > summary`);
      await clerk.fill(`${activity(3)} textarea[name=partners]`, 'Công an xã\nTrạm Y tế liên xã');
      await clerk.click(`${activity(3)} form p > button`);
      const open = 'main #ten-co-quan li:has(b:text-is("Trạm Y tế liên xã"))';
      const unit = await clerk.page.locator(`${open} option:text-is("Trạm Y tế xã")`).first().getAttribute('value');
      await clerk.choose(`${open} select`, unit);
      await clerk.click(`${open} button`);
      assert.equal(await clerk.page.locator(open).count(), 0);
      if (!(await clerk.page.locator(activity(3)).getAttribute('open'))) await clerk.click(`${activity(3)} > summary`);
      assert.match(await clerk.text(activity(3)), /Trạm Y tế liên xã.*Trạm Y tế xã/);
      await review(clerk);
      await submit(clerk);
      await clerk.go(`/ke-hoach/${plan}?muc=dien-bien`);
      assert.match(await clerk.text(), /Nguyễn Ngọc Hân/);
    },
  },
  {
    title: 'the leader returns it with a reason; the clerk reads it, mends and hands it in again',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const plan = await importFile(clerk, kPlanOfClerk);
      await review(clerk);
      await submit(clerk);
      const leader = await house.person('lanhdao');
      await leader.go('/thong-bao');
      assert.match(await leader.text(), /Tuyên truyền thủ tục hành chính/);
      await leader.go(`/ke-hoach/${plan}`);
      await leader.click('summary:has-text("Trả lại")');
      await leader.click('form[action$="/tra-lai"] button');
      assert.match(await leader.text(), /Nhập lý do/);
      await leader.fill('#tra-lai-reason', 'Bổ sung thời hạn khảo sát');
      await leader.click('form[action$="/tra-lai"] button');
      assert.match(await leader.text(), /Đang soạn/);
      await clerk.go('/thong-bao');
      assert.match(await clerk.text(), /Bổ sung thời hạn khảo sát/);
      await clerk.go(`/ke-hoach/${plan}`);
      assert.match(await clerk.text(), /Bổ sung thời hạn khảo sát/);
      if (house.examines) await clerk.examine('plan-returned');
      await clerk.go(`/ke-hoach/${plan}/ra-soat`);
      await clerk.click(`${activity(4)} > summary`);
      await clerk.fill(`${activity(4)} input[name=deadline]`, 'Trước ngày 30/11/2026');
      await clerk.click(`${activity(4)} form p > button`);
      await submit(clerk);
      await approve(house, plan);
      await issue(clerk, plan, '15');
    },
  },
  {
    title: 'a misreading is mended after issue by two people, and the number stays; the leader withdraws it, and all read why',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('summary:has-text("Đính chính")');
      await clerk.fill('#dinh-chinh-reason', 'Đọc sót cơ quan phối hợp');
      await clerk.click('form[action$="/dinh-chinh"] button');
      await clerk.click(`${activity(3)} > summary`);
      await clerk.fill(`${activity(3)} textarea[name=partners]`, 'Công an xã\nTrạm Y tế xã\nPhòng Kinh tế');
      await clerk.click(`${activity(3)} form p > button`);
      await submitted(clerk);
      assert.equal(await clerk.page.locator('form[action$="/dong-y-dinh-chinh"]').count(), 0, 'nobody agrees to her own correction');
      const head = await house.person('truongvhxh');
      await head.go(`/ke-hoach/${plan}`);
      await head.click('form[action$="/dong-y-dinh-chinh"] button');
      assert.match(await head.text(), /Số 15\/KH-UBND/);
      await head.go(`/ke-hoach/${plan}?muc=ban-sua-doi`);
      await head.click('main .list a');
      assert.match(await head.text(), /Cơ quan phối hợp.*Phòng Kinh tế/);
      const economy = await house.person('kinhte');
      await economy.go('/viec-don-vi');
      assert.match(await economy.text(), /Mở lớp hướng dẫn/);

      const leader = await house.person('lanhdao');
      await leader.go(`/ke-hoach/${plan}`);
      await leader.click('summary:has-text("Thu hồi kế hoạch")');
      await leader.fill('#rut-reason', 'Gộp vào kế hoạch quý II');
      await leader.click('form[action$="/rut"] button');
      assert.match(await leader.text(), /Đã rút.*Gộp vào kế hoạch quý II/);
      for (const person of [clerk, head, economy]) {
        await person.go('/thong-bao');
        assert.match(await person.text(), /đã rút: Gộp vào kế hoạch quý II/, person.name);
      }
    },
  },
  {
    title: 'an activity becomes a conference; the plan is closed, another one withdrawn',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('main article:nth-of-type(3) h2 a');
      await clerk.click('#loai summary');
      await clerk.choose('#k-kind', 'conference');
      await clerk.click('#loai form button');
      assert.match(await clerk.text('#loai'), /Hội nghị/);
      assert.match(await clerk.text(), /Đoàn Thanh niên xã/, 'parties stay');
      if (house.examines) await clerk.examine('activity-conference');
      const head = await house.person('truongvhxh');
      await head.go(`/ke-hoach/${plan}`);
      await head.click('summary:has-text("Kết thúc kế hoạch")');
      await head.click('form[action$="/ket-thuc"] button');
      assert.match(await head.text(), /Đã kết thúc/);
      assert.equal(await head.page.locator('form[action$="/dieu-chinh"]').count(), 0);

      // What the leader has been asked about is not deleted but withdrawn, with a reason.
      await importFile(clerk, kPlanOfClerk);
      await review(clerk);
      await submit(clerk);
      await clerk.click('summary:has-text("Thu hồi kế hoạch")');
      await clerk.click('form[action$="/rut"] button');
      assert.match(await clerk.text(), /Nhập lý do/);
      await clerk.fill('#rut-reason', 'Nhập trùng');
      await clerk.click('form[action$="/rut"] button');
      assert.match(await clerk.text(), /Đã rút.*Nhập trùng/s);
      if (house.examines) await clerk.examine('plan-withdrawn');
    },
  },
  {
    title: 'a mistaken import is deleted, and taken back from the trash',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const plan = await importFile(clerk, kPlanOfClerk);
      const remove = async () => {
        await clerk.click('details.more:has(form[action$="/xoa"]) > summary');
        await clerk.click('form[action$="/xoa"] button');
        assert.match(await clerk.text('[role=status]'), /vào thùng rác/);
        assert.equal(await clerk.page.locator(`a[href="/ke-hoach/${plan}"]`).count(), 0);
      };
      await clerk.go(`/ke-hoach/${plan}`);
      await remove();
      if (house.examines) await clerk.examine('plans-deleted');
      await clerk.click('[role=status] form button');
      assert.equal(new URL(clerk.page.url()).pathname, `/ke-hoach/${plan}`, 'one button takes it back');
      await remove();
      await clerk.click('a[href="/thung-rac"]');
      if (house.examines) await clerk.examine('trash');
      assert.match(await clerk.text(), /Tuyên truyền/);
      const stranger = await house.person('kinhte');
      await stranger.go('/thung-rac');
      assert.match(await stranger.text(), /Thùng rác trống/);
      if (house.examines) await stranger.examine('trash-empty');
      await clerk.click('form[action$="/lay-lai"] button');
      assert.equal(await clerk.go(`/ke-hoach/${plan}`), 200);
    },
  },
];

/** A correction goes to a second person of the office, not to the leader. */
async function submitted(clerk) {
  await clerk.click('form[action$="/chuyen-ra-soat"] button');
  await clerk.page.waitForURL(/\/ke-hoach\/\d+$/);
}
