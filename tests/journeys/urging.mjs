// Issue of the plan's work while it runs: two offices lead and one is accountable; late units are reminded, then named in a
// letter, and who answers drops off (source plan, V).
import assert from 'node:assert/strict';
import { issued, kPlanOfClerk, says } from './steps.mjs';

/** The unit's own line of what the words name; stays on its page. */
async function openLine(person, words) {
  await person.go('/viec-don-vi');
  await person.click(`main a:has-text("${words}")`);
  return new URL(person.page.url()).pathname;
}

export const journeys = [
  {
    title: 'an administrator enters days off, and what falls due on them moves',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      const administrator = await house.person('quantri');
      await administrator.go('/quan-tri/lich-lam-viec');
      assert.match(await administrator.text(), /Giỗ Tổ Hùng Vương/);
      if (house.examines) await administrator.examine('days-off');
      await administrator.click('main nav a:has-text("2027")');
      assert.match(await administrator.text(), /Lịch năm 2027 còn thiếu/);
      await administrator.choose('#occasion', 'tet');
      await administrator.fill('#first', '2027-02-05');
      await administrator.fill('#last', '2027-02-11');
      await administrator.fill('#citation', ' ');
      await administrator.click('form[action="/quan-tri/lich-lam-viec"] button');
      assert.match(await administrator.text(), /Nhập căn cứ/);
      assert.equal(await administrator.page.locator('#first').inputValue(), '2027-02-05', 'what was typed is kept');
      if (house.examines) await administrator.examine('days-off-refused');
      await administrator.fill('#citation', 'Thông báo nghỉ Tết Đinh Mùi');
      await administrator.click('form[action="/quan-tri/lich-lam-viec"] button');
      assert.match(await administrator.text(), /Thông báo nghỉ Tết Đinh Mùi/);

      // A dashboard that somebody has open hears of it by itself.
      const leader = await house.person('lanhdao');
      await leader.go('/lich?thang=2027-02');
      assert.match(await leader.text(), /05\/02\/2027 – 11\/02\/2027: Tết Nguyên đán/);
      await leader.go('/tong-quan/man-hinh-lon');
      if (house.examines) await leader.examine('wall');
    },
  },
  {
    title: 'the leader fills an empty cell of the matrix by the keys alone',
    byKeyboard: true,
    startsOn: '2026-03-27T08:00:00+07:00', // what she types is a day of the plan's years, whenever this is run
    async walk(house) {
      const leader = await house.person('lanhdao');
      await leader.go('/do-phu');
      assert.equal(await leader.page.locator('#o-trong + ul a').count(), 2, 'the two emptiest cells are named');
      await leader.click('#o-trong + ul li:nth-child(2) a');
      assert.match(await leader.text(), /Chưa có minh chứng nào/);
      if (house.examines) await leader.examine('cell-empty');
      await leader.click('main a[href*="/nhiem-vu-bo-sung?"]');
      const title = await leader.page.locator('#title').inputValue();
      assert.match(title, /^Tuyên truyền bổ sung: /, 'topic and channel are those of the cell');
      await leader.click('main form button:has-text("Lưu dự thảo")');
      assert.match(await leader.text(), /Chọn đơn vị được giao/);
      assert.equal(await leader.page.locator('#title').inputValue(), title, 'what stood there is kept');
      if (house.examines) await leader.examine('supplement-refused');
      await leader.chooseNamed('#unit', 'Trung tâm Phục vụ hành chính công xã');
      await leader.fill('#deadline', 'trước ngày 31/12');
      await leader.fill('#target', 'ít nhất 02 bài');
      await leader.click('main form button:has-text("Lưu dự thảo")');
      assert.match(await leader.text(), /dự thảo, chờ giao/);
      if (house.examines) await leader.examine('supplement');
      const centre = await house.person('motcua');
      await centre.go('/viec-don-vi');
      assert.ok(!(await centre.text()).includes(title), 'a draft is nobody\'s work');
      await leader.click('form[action$="/giao"] button');
      assert.match(await leader.text(), /nhiệm vụ bổ sung, giao ngày/);
      if (house.examines) await leader.examine('activity-supplemented');
      await says(centre, '/thong-bao', /Đơn vị được giao nhiệm vụ bổ sung/);
      await openLine(centre, title.slice(0, 40));
      assert.match(await centre.text(), /ít nhất 02 bài/);
    },
  },
  {
    title: 'late units are reminded, named in a letter, and who answers drops off',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      const { clock } = house.installation;
      clock.set('2026-03-28T07:01:00+07:00');
      let youth = await house.person('doan');
      assert.match(await says(youth, '/thong-bao', /Sắp đến hạn 31\/03\/2026/), /Sắp đến hạn/);
      clock.set('2026-03-31T07:01:00+07:00');
      youth = await house.person('doan');
      await says(youth, '/thong-bao', /Hôm nay đến hạn/);
      clock.set('2026-04-02T07:01:00+07:00');
      youth = await house.person('doan');
      await says(youth, '/thong-bao', /Quá hạn 2 ngày/);

      const clerk = await house.person('vanhoa');
      await clerk.go('/qua-han');
      assert.match(await clerk.text(), /Đoàn Thanh niên xã/);
      if (house.examines) await clerk.examine('late-lines');
      await clerk.go('/qua-han?pham-vi=tat-ca');
      const lateRows = await clerk.page.locator('#ds tbody tr').count();
      // One line from the overview, and back there.
      await clerk.go('/tong-quan?pham-vi=tat-ca');
      assert.match(await clerk.text(), new RegExp(`Đôn đốc cả ${lateRows} lượt`));
      await clerk.click('form[action^="/don-doc/"] button');
      assert.equal(new URL(clerk.page.url()).pathname, '/tong-quan');
      assert.match(await clerk.text(), /Đã gửi đôn đốc 1 lượt/);
      assert.match(await clerk.text(), new RegExp(`Đôn đốc cả ${lateRows - 1} lượt`));
      await says(clerk, '/don-doc/cong-van', /Chờ cấp số/);
      await clerk.click('main tbody a');
      const letter = new URL(clerk.page.url()).pathname;
      const named = await clerk.text('.doc');
      for (const unit of ['Đoàn Thanh niên xã', 'Công an xã', 'Trạm Y tế xã']) assert.ok(named.includes(unit), `${unit} stands in it`);
      const dueDays = await clerk.page.locator('.doc tbody td:nth-child(4)').allTextContents();
      assert.ok(dueDays.every((day) => !/\d\d\/0[4-9]\/2026/.test(day)), 'nothing that is not due yet');
      assert.equal(await clerk.page.locator('.doc tbody tr').count(), lateRows, 'each late line once, and no other');
      if (house.examines) await clerk.examine('letter-draft');

      const watching = await house.person('lanhdao');
      await watching.go('/qua-han?pham-vi=tat-ca');
      const late = () => watching.text('#ds');
      assert.match(await late(), /Đoàn Thanh niên xã/);

      // One unit answers with evidence before it is issued.
      const line = await openLine(youth, 'IV.A.2');
      await youth.click('summary:has-text("Ghi việc đã làm")');
      await youth.fill('form[action$="/minh-chung"] textarea[name=what]', 'Đoàn viên hướng dẫn nộp hồ sơ tại nhà');
      await youth.fill('form[action$="/minh-chung"] input[name=done_on]', '31/03/2026');
      await youth.click('form[action$="/minh-chung"] button');
      await youth.click('.pagehead button[form^=bao-]');
      assert.match(await youth.text(), /trễ hạn/, 'two days late, and said so');
      await clerk.go(letter);
      assert.ok(!(await clerk.text('.doc')).includes('Đoàn Thanh niên xã'), 'it drops off at once');
      await watching.page.waitForFunction(() => !document.querySelector('#ds').innerText.includes('Đoàn Thanh niên xã'), null, { timeout: 30_000 }); // of an open page by itself

      await clerk.fill('#number', '');
      await clerk.click('form[action$="/ban-hanh"] button');
      assert.match(await clerk.text(), /Nhập số, ký hiệu công văn/);
      await clerk.fill('#number', '214/UBND-VHXH');
      await clerk.click('form[action$="/ban-hanh"] button');
      assert.match(await clerk.text(), /Số 214\/UBND-VHXH/);
      if (house.examines) await clerk.examine('letter');
      assert.equal(await youth.go(letter), 404, 'who stands in it no more reads it no more');
      const police = await house.person('congan');
      await says(police, '/thong-bao', /Công văn đôn đốc số 214\/UBND-VHXH/);
      assert.equal(await police.go(letter), 200);

      clock.set('2026-04-05T07:01:00+07:00');
      const leader = await house.person('lanhdao');
      await says(leader, '/thong-bao', /vẫn quá hạn từ 5 ngày/);
      await leader.go('/tong-quan');
      if (house.examines) await leader.examine('overview-leader');
      const stranger = await house.person('');
      assert.notEqual(new URL((await stranger.go(line), stranger.page.url())).pathname, line);
    },
  },
  {
    title: 'two offices lead, one is accountable, and the activity closes by its word',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      await clerk.go(`/ke-hoach/${plan}/bo-sung`);
      const words = 'Làm chuyên mục hướng dẫn';
      const item = `details.extract:has(> summary:has-text("${words}"))`;
      if (!(await clerk.page.locator(item).getAttribute('open'))) await clerk.click(`${item} > summary`);
      await clerk.chooseNamed(`${item} [name=accountable]`, 'Phòng Văn hóa - Xã hội');
      await clerk.click(`${item} p > button.btn--sm:has-text("Lưu")`);
      const centre = await house.person('motcua');

      // The accountable office would close it; the other lead has not said that its part is done.
      const own = await openLine(clerk, words);
      await clerk.click('.pagehead button[form^=bao-]');
      assert.match(await clerk.text(), /Cơ quan cùng chủ trì chưa báo xong: Trung tâm Phục vụ hành chính công xã/);
      if (house.examines) await clerk.examine('lead-not-done');

      await openLine(centre, words);
      await centre.click('form[action$="/nhan-viec"] button');
      assert.match(await centre.text(), /Đã nhận việc/);
      await centre.click('.pagehead button[form^=bao-]');
      assert.match(await centre.text(), /Chờ xác nhận xong/);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click(`main a:has-text("${words}")`);
      const activity = new URL(clerk.page.url()).pathname;
      assert.equal(await clerk.page.locator('form[action$="/khep"]').count(), 0, 'the second part is done, the activity is not');

      await clerk.go(own);
      await clerk.click('.pagehead button[form^=bao-]');
      assert.match(await clerk.text(), /Chờ xác nhận xong/);
      await clerk.go(activity);
      await clerk.click('form[action$="/khep"] button');
      await clerk.go(own);
      assert.match(await clerk.text(), /Đã xong/);
      const history = await clerk.page.locator('main aside').textContent(); // the changes are folded away
      assert.match(history, /Nguyễn Ngọc Hân/);
      assert.match(history, /Đang thực hiện[^]*Chờ xác nhận xong/, 'before and after');
      if (house.examines) await clerk.examine('line-closed');
    },
  },
];
