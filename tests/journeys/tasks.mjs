// A unit divides its line into tasks: from a template, given to people, done, talked about, changed several at once
// (source plan, V).
import assert from 'node:assert/strict';

const kLine = 'IV.A.1';

/** The page of the unit's own line; stays there. */
async function openLine(person) {
  await person.go('/viec-don-vi');
  await person.click(`main a:has-text("${kLine}")`);
}

const card = (title) => `.board__card:has(a:text-is("${title}"))`;

export const journeys = [
  {
    title: 'the head makes tasks from a template, the officer does hers by the keys, who is named is told',
    byKeyboard: true,
    startsOn: '2026-03-27T08:00:00+07:00', // the days are counted back from the line's
    async walk(house) {
      const head = await house.person('truongvhxh');
      await openLine(head);
      assert.match(await head.text(), /Mức đạt của nhiệm vụ chỉ tính theo minh chứng/);
      await head.click('details:has(form[action$="/cong-viec/mau"]) > summary');
      await head.chooseNamed('#template-template', 'Bản tin loa truyền thanh');
      await head.click('form[action$="/cong-viec/mau"] button');
      assert.match(await head.text(), /Đã lập 5 công việc/);
      assert.match(await head.text(), /Viết lời bản tin/);
      if (house.examines) await head.examine('tasks-line');

      // Two at once to the officer.
      await head.click('nav a:text-is("Công việc") >> nth=0');
      await head.click('.tabs a:text-is("Danh sách")');
      for (const title of ['Viết lời bản tin', 'Thu âm']) await head.click(`tr:has(a:text-is("${title}")) input[type=checkbox]`);
      await head.chooseNamed('#hang-loat-responsible', 'Nguyễn Ngọc Hân');
      await head.click('#hang-loat button');
      assert.match(await head.text(), /Đã đổi 2 công việc/);
      await head.click('#hang-loat button');
      assert.match(await head.text(), /Chưa đánh dấu công việc nào|Chọn điều cần đổi/);
      if (house.examines) await head.examine('tasks-list');

      const officer = await house.person('vanhoa');
      await officer.go('/thong-bao');
      assert.match(await officer.text(), /Bạn được giao công việc “Viết lời bản tin”/);
      await officer.go('/cong-viec');
      assert.match(await officer.text('h1'), /Công việc của tôi/);
      assert.equal(await officer.page.locator(card('Duyệt lời')).count(), 0, 'others\' stand on the unit\'s board');
      await officer.click(`${card('Viết lời bản tin')} button:has-text("Bắt đầu")`);
      assert.match(await officer.text('.note--ok'), /“Viết lời bản tin” sang: Đang làm/);
      assert.match(await officer.text('#cot-doing + ol, section:has(#cot-doing)'), /Viết lời bản tin/);
      await officer.go('/cong-viec');
      if (house.examines) await officer.examine('tasks-board');

      await officer.click(`${card('Viết lời bản tin')} a`);
      await officer.fill('#item-text', 'Đọc thử hai lần\nĐếm giờ');
      await officer.click('form[action$="/muc"] button');
      await officer.click('#kiem-tra li:has-text("Đọc thử hai lần") button[value=xong]');
      assert.match(await officer.text('#kiem-tra'), /1\/2 mục/);
      await officer.fill('#comment-text', '@Phạm Văn Lực xem giúp lời bản tin trước thứ Sáu.');
      await officer.click('form[action$="/y-kien"] button');
      assert.match(await officer.text('#y-kien'), /Nhắc: Phạm Văn Lực/);
      if (house.examines) await officer.examine('task');
      const paper = await officer.print('task-on-paper');
      assert.match(paper, /Đọc thử hai lần/);
      assert.doesNotMatch(paper, /Gửi ý kiến|Mỗi dòng một mục|Đánh dấu xong/, 'nothing that can only be pressed');
      await head.go('/thong-bao');
      assert.match(await head.text(), /Nguyễn Ngọc Hân nhắc ông, bà trong công việc “Viết lời bản tin”/);
      await head.click('main form:has-text("nhắc ông, bà") button, main button:has-text("nhắc ông, bà")');
      assert.match(await head.text('#y-kien'), /xem giúp lời bản tin/);
    },
  },
  {
    title: 'two people change one task: both see what the other wrote, and a deleted task comes back',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      const [head, officer] = [await house.person('truongvhxh'), await house.person('vanhoa', { phone: true, script: false })];
      await officer.go('/cong-viec');
      await officer.click(`${card('Ghi sổ nhật ký phát sóng, tải lên làm minh chứng')} a`);
      const task = new URL(officer.page.url()).pathname;
      await head.go(task);
      await head.click('summary:has-text("Sửa công việc")');
      await head.fill('#task-note', 'Kèm ảnh chụp trang sổ');
      await head.fill('#task-due_on', '30/03/2026');
      await officer.click('summary:has-text("Sửa công việc")');
      await officer.fill('#task-note', 'Sổ ở phòng kỹ thuật');
      await officer.fill('#task-title', 'Ghi sổ phát sóng, tải lên làm minh chứng');
      await officer.click('form[action$="/sua"] button');
      await head.click('form[action$="/sua"] button');
      const told = await head.text();
      for (const words of [/Hai người cùng sửa công việc này/, /Nguyễn Ngọc Hân sửa lúc/, /Sổ ở phòng kỹ thuật/, /Ghi sổ phát sóng/, /hai người cùng sửa/]) assert.match(told, words);
      assert.equal(await head.page.locator('#task-note').inputValue(), 'Kèm ảnh chụp trang sổ', 'what he typed is kept');
      assert.equal(await head.page.locator('#task-title').inputValue(), 'Ghi sổ phát sóng, tải lên làm minh chứng', 'what she alone changed is taken over');
      if (house.examines) await head.examine('task-conflict');
      await head.fill('#task-note', 'Sổ ở phòng kỹ thuật. Kèm ảnh chụp trang sổ');
      await head.click('form[action$="/sua"] button');
      for (const words of [/Sổ ở phòng kỹ thuật. Kèm ảnh/, /30\/03\/2026/, /Ghi sổ phát sóng/]) assert.match(await head.text(), words);

      await head.go(task);
      await head.click('form[action$="/xoa"] button');
      assert.match(await head.text('.note--ok'), /Ghi sổ phát sóng/);
      assert.equal(await officer.go(task), 404);
      await head.click('.note--ok button');
      assert.equal(await officer.go(task), 200);
      await head.go('/cong-viec/mau');
      if (house.examines) await head.examine('tasks-templates');
      await openLine(head);
      if (house.examines) await head.examine('assignment-tasks');
    },
  },
];
