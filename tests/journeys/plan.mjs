// Sections I-V of the source plan: an issued file becomes a reviewed, issued campaign, and an amended one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { approve, importFile, issue, issued, kPlanInWord, kPlanOfClerk, review, strangerSeesNothing, submit, today } from './steps.mjs';

const kMostActions = 40;

export const journeys = [
  {
    title: 'the clerk reviews the plan her office drafted',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await clerk.go('/tong-quan');
      if (house.examines) await clerk.examine('overview');
      await clerk.go('/ke-hoach/nhap');
      if (house.examines) await clerk.examine('import');
      clerk.actions = 0;
      const plan = await importFile(clerk, kPlanOfClerk);
      const said = await clerk.text();
      for (const words of ['Hoạt động (4)', 'Căn cứ pháp lý (2)', 'Nội dung tuyên truyền (3)', 'Nơi nhận (4)', 'số văn bản', 'ngày ban hành'])
        assert.ok(said.includes(words), `the review page says "${words}"`);
      if (house.examines) await clerk.examine('review');
      await clerk.click('#hoat-dong details.extract:nth-of-type(2) > summary');
      assert.match(await clerk.text('#hoat-dong details.extract:nth-of-type(2)'), /Đề nghị phối hợp.*Bưu điện khu vực/);
      // Each field shows on click where it stands in the paper: that line and no other.
      const third = clerk.page.locator('#hoat-dong details.extract:nth-of-type(3)');
      await third.locator('> summary').click();
      for (const [field, line, words] of [
        ['input[name=deadline]', '- Thời hạn hoàn thành: Trước ngày 30/9/2026.', ['Trước ngày 30/9/2026']],
        ['textarea[name=partners]', '- Đơn vị phối hợp: Công an xã, Trạm Y tế xã.', ['Công an xã', 'Trạm Y tế xã']],
      ]) {
        await third.locator(field).click();
        assert.deepEqual(await clerk.page.locator('.doc .is-now').allInnerTexts(), [line], field);
        assert.deepEqual(await clerk.page.locator('.doc .is-now mark').allInnerTexts(), words, field);
      }
      await clerk.page.locator('form[action$="/chuyen-ra-soat"] button').first().click();
      await clerk.page.waitForSelector('[role=alert]');
      assert.match(await clerk.text('[role=alert]'), /Niêm yết và cập nhật/, 'what keeps it from the leader is listed');
      if (house.examines) await clerk.examine('review-refused');
      await review(clerk);
      await submit(clerk);
      assert.ok(clerk.actions <= kMostActions, `${clerk.actions} actions, at most ${kMostActions}`);
      await clerk.go(`/ke-hoach/${plan}`);
      if (house.examines) await clerk.examine('plan-under-review');
    },
  },
  {
    title: 'a leader approves, the clerk issues, every unit sees its own lines',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      if (house.examines) await clerk.examine('plan');
      if (house.examines) {
        const paper = await clerk.print('plan-print');
        for (const words of ['Số 15/KH-UBND', 'III.1 Niêm yết và cập nhật', 'III.4 Khảo sát mức độ hài lòng', 'Trước ngày 30/9/2026'])
          assert.ok(paper.includes(words), `on paper stands "${words}": ${paper}`);
        // What leads elsewhere or can only be pressed has no place on paper.
        for (const words of ['Kế hoạch / ', 'Tổng quan', 'Đăng xuất', 'Nhiệm vụ', 'Bổ sung', 'Lập bản điều chỉnh', 'Đính chính'])
          assert.ok(!paper.includes(words), `on paper stands no "${words}": ${paper}`);
      }
      await clerk.go(`/ke-hoach/${plan}/bo-sung`);
      if (house.examines) await clerk.examine('completion');
      const hamlet = await house.person('binhhoa1');
      await hamlet.go('/viec-don-vi');
      const own = await hamlet.text();
      assert.match(own, /Niêm yết và cập nhật.*Chủ trì/);
      assert.match(own, /Phối hợp/);
      assert.doesNotMatch(own, /Khảo sát mức độ hài lòng/);
      if (house.examines) await hamlet.examine('unit-work');
      await hamlet.click('main .tasks a');
      await hamlet.click('main a:has-text("Xem trong kế hoạch")');
      if (house.examines) await hamlet.examine('activity');
      const economy = await house.person('kinhte');
      assert.equal(await economy.go(`/ke-hoach/${plan}`), 200);
      assert.equal(await economy.page.locator('form[action$="/dieu-chinh"]').count(), 0);
      assert.equal(await economy.go(`/ke-hoach/${plan}/bo-sung`), 403);
    },
  },
  {
    title: 'an amendment changes one lead and one deadline',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      await clerk.go(`/ke-hoach/${plan}`);
      await clerk.click('summary:has-text("Lập bản điều chỉnh")');
      await clerk.click('form[action$="/dieu-chinh"] button');
      await clerk.click('#hoat-dong details.extract:nth-of-type(3) > summary');
      const third = '#hoat-dong details.extract:nth-of-type(3)';
      await clerk.fill(`${third} textarea[name=leads]`, 'Phòng Kinh tế');
      await clerk.fill(`${third} input[name=deadline]`, 'Trước ngày 31/10/2026');
      await clerk.click(`${third} form button`);
      await clerk.click('#van-ban form button');
      await submit(clerk);
      await approve(house, plan);
      await issue(clerk, plan, '16');
      await clerk.go(`/ke-hoach/${plan}?muc=ban-sua-doi`);
      await clerk.click('main .list a');
      const difference = await clerk.text();
      assert.match(difference, /Cơ quan chủ trì.*Đoàn Thanh niên xã.*Phòng Kinh tế/);
      assert.match(difference, /Thời hạn.*30\/9\/2026.*31\/10\/2026/);
      if (house.examines) await clerk.examine('difference');
      // The revision that was in force before is read as it was.
      await clerk.go(`/ke-hoach/${plan}?muc=ban-sua-doi`);
      await clerk.click('main .list li:last-child a');
      const before = await clerk.text();
      assert.match(before, /15\/KH-UBND/);
      assert.match(before, /Cơ quan chủ trì Đoàn Thanh niên xã.*Thời hạn [^.]*30\/9\/2026/);
      assert.doesNotMatch(before, /31\/10\/2026/);
      const economy = await house.person('kinhte');
      await economy.go('/thong-bao');
      assert.match(await economy.text(), /16\/KH-UBND/);
    },
  },
  {
    title: 'a file of Word is read at once, a PDF while she waits; a scan shows how far it is and can be stopped',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      await importFile(clerk, kPlanInWord);
      assert.match(await clerk.text('.pagehead'), /ke-hoach-4-docx\.docx/);
      assert.match(await clerk.text(), /Hoạt động \(7\)/);
      const row = await clerk.text('#hoat-dong details.extract:nth-of-type(5)');
      assert.match(row, /Nói chuyện chuyên đề về chuyển đổi số.*Phòng Kinh tế.*Hội Nông dân xã.*Quý II và Quý III năm 2026/, 'a row of its table');
      const text = readFileSync(kPlanOfClerk, 'utf8').replaceAll(/[#*\\]/g, '');
      const printer = await house.person('');
      await printer.page.setContent(`<style>p { font: 14px serif }</style>${text.split('\n').map((line) => `<p>${line}</p>`).join('')}`);
      const printed = await printer.page.pdf({ format: 'A4', margin: { top: '2cm', bottom: '2cm', left: '2cm', right: '2cm' } });
      const plan = await importFile(clerk, { name: 'ke-hoach.pdf', mimeType: 'application/pdf', buffer: printed });
      assert.match(await clerk.text(), /Hoạt động \(4\)/);
      assert.match(await clerk.text('#hoat-dong details.extract:nth-of-type(2)'), /Bưu điện khu vực/);

      const picture = (await printer.page.screenshot()).toString('base64');
      await printer.page.setContent(`<img style="display: block; width: 100%; break-after: page" src="data:image/png;base64,${picture}">`.repeat(24));
      await clerk.go('/ke-hoach/nhap');
      await clerk.page.setInputFiles('input[type=file]', { name: 'ban-scan.pdf', mimeType: 'application/pdf', buffer: await printer.page.pdf({ format: 'A4' }) });
      await clerk.click('main .drop button');
      await clerk.page.waitForURL(/\/ke-hoach\/nhap\/\d+$/);
      await clerk.page.waitForSelector('text=/đã nhận dạng [1-9]\\d* trên 24 trang/');
      if (house.examines) await clerk.examine('import-waiting');
      await clerk.click('form[action$="/dung"] button');
      assert.match(clerk.page.url(), /\/ke-hoach\/nhap$/);
      await clerk.go('/ke-hoach');
      assert.ok(!(await clerk.text()).includes('ban-scan'));
      await clerk.go(`/ke-hoach/${plan}`);
      assert.match(await clerk.text(), /Đang soạn/);
    },
  },
  {
    title: 'a stranger sees nothing of it',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      for (const path of ['', '/bo-sung', '?muc=dien-bien']) await clerk.go(`/ke-hoach/${plan}${path}`);
      const hamlet = await house.person('binhhoa1');
      await hamlet.go('/viec-don-vi');
      await hamlet.click('main .tasks a');
      const paths = [...house.visited(), `/ke-hoach/${plan}/hoat-dong/1`, `/ke-hoach/${plan}/ban/1`];
      assert.ok(paths.length >= 10 && paths.some((path) => path.includes('/viec/')), paths.join(' '));
      const stranger = await house.person('');
      await strangerSeesNothing(stranger, paths, ['Niêm yết và cập nhật', '15/KH-UBND']);
      await stranger.go('/');
      if (house.examines) await stranger.examine('home');
      await stranger.go('/dang-nhap');
      if (house.examines) await stranger.examine('sign-in');
    },
  },
  {
    title: 'a unit proves what it did, the aggregating office returns one piece and confirms the next',
    async walk(house) {
      const { clerk, plan } = await issued(house, 'vanhoa', kPlanOfClerk);
      const centre = await house.person('motcua');
      await centre.go('/viec-don-vi');
      await centre.click('main .tasks a:has-text("chuyên mục hướng dẫn")');
      const line = new URL(centre.page.url()).pathname;
      assert.match(line, /\/viec\/\d+$/);
      // Two offices lead and nobody is accountable: the paper does not say who does how much, so a person does.
      assert.match(await centre.text(), /Chưa giao chỉ tiêu/);
      await clerk.go(line);
      await clerk.click('summary:has-text("Giao chỉ tiêu")');
      await clerk.fill('#targets', 'mỗi tháng ít nhất 01 bài');
      await clerk.click('form[action$="/chi-tieu"] button');
      assert.match(await clerk.text(), /0 trên 9 bài/);

      await centre.go(line);
      await centre.click('summary:has-text("Ghi việc đã làm")');
      await centre.click('form[action$="/minh-chung"] button');
      assert.match(await centre.text(), /Nhập việc đã làm/);
      await centre.fill('form[action$="/minh-chung"] textarea[name=what]', 'Thu âm, phát 3 bài hướng dẫn');
      await centre.fill('form[action$="/minh-chung"] input[name=done_on]', today());
      await centre.fill('form[action$="/minh-chung"] input[name^=quantity]', '3');
      await centre.page.setInputFiles('form[action$="/minh-chung"] input[type=file]', { name: 'bien-ban.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') });
      await centre.click('form[action$="/minh-chung"] button');
      assert.match(await centre.text(), /Chờ xác nhận/);
      assert.match(await centre.text(), /0 trên 9 bài.*Chờ xác nhận: 3/);
      if (house.examines) await centre.examine('assignment');

      await clerk.go(line);
      await clerk.click('summary:has-text("Trả lại để bổ sung")');
      await clerk.click('form[action$="/tra-lai"] button');
      assert.match(await clerk.text(), /Nhập lý do/);
      await clerk.fill('form[action*="/minh-chung/"][action$="/tra-lai"] textarea', 'Thiếu lịch phát');
      await clerk.click('form[action*="/minh-chung/"][action$="/tra-lai"] button');
      await centre.go(line);
      assert.match(await centre.text(), /Thiếu lịch phát/);
      await centre.fill('form[action$="/sua"] textarea[name=what]', 'Thu âm, phát 3 bài hướng dẫn, kèm lịch phát');
      await centre.click('form[action$="/sua"] button');
      await clerk.go(line);
      await clerk.click('form[action$="/xac-nhan"] button');
      assert.match(await clerk.text(), /3 trên 9 bài/);
      await centre.go(line);
      await centre.click('.pagehead button[form^=bao-]');
      assert.match(await centre.text(), /Chờ xác nhận xong/);
      await clerk.go(line);
      await clerk.click('.pagehead button[form^=khep-]');
      assert.match(await clerk.text(), /Đã xong/);
      // An officer of another unit reads the plan, and neither this line nor its file.
      const file = await clerk.page.locator('a[href^="/tep/"]').first().getAttribute('href');
      const economy = await house.person('kinhte');
      assert.equal(await economy.go(`/ke-hoach/${plan}`), 200);
      assert.equal(await economy.go(line), 404);
      assert.equal(await economy.go(file), 404);
    },
  },
  {
    title: 'every other page opens, reads well and is clean',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      const keeper = await house.person('quantri');
      const stranger = await house.person('');
      const visit = async (person, name, path, status = 200) => {
        assert.equal(await person.go(path), status, path);
        if (house.examines) await person.examine(name);
      };
      await visit(clerk, 'plans', '/ke-hoach');
      const plan = await clerk.page.locator('main a[href^="/ke-hoach/"]:has-text("cải cách hành chính")').first().getAttribute('href');
      for (const tab of ['nhiem-vu', 'noi-dung', 'can-cu', 'don-vi', 'ban-sua-doi', 'dien-bien']) await visit(clerk, `plan-${tab}`, `${plan}?muc=${tab}`);
      await visit(clerk, 'aggregator', `${plan}/co-quan-tong-hop`);
      await visit(clerk, 'calendar', '/lich');
      await visit(clerk, 'gantt', '/lich/bieu-do');
      await visit(clerk, 'punctuality', '/theo-doi/don-vi');
      await visit(clerk, 'calendar-feeds', '/lich/dang-ky');
      await clerk.click('main form[action="/lich/dang-ky"] button');
      if (house.examines) await clerk.examine('calendar-feed');
      await visit(clerk, 'late', '/qua-han');
      await visit(clerk, 'coverage', '/do-phu');
      await visit(clerk, 'cell', await clerk.page.locator('.matrix td a').first().getAttribute('href'));
      await visit(clerk, 'lines', '/theo-doi/viec?pham-vi=tat-ca');
      await clerk.click('summary:has-text("Lưu cách xem này")');
      await clerk.fill('#cach-xem-ten', 'Toàn xã');
      await clerk.click('form[action="/theo-doi/cach-xem"] button');
      assert.match(await clerk.text('.chipset'), /Toàn xã/);
      const [sheet] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.click('.pagehead a[href*="/xuat?"]')]);
      assert.match(sheet.suggestedFilename(), /^viec-\d{4}-\d\d-\d\d\.xlsx$/);
      await visit(clerk, 'saved-views', '/theo-doi/cach-xem');
      await visit(clerk, 'units', '/don-vi');
      await visit(clerk, 'unit', await clerk.page.locator('main a[href^="/don-vi/"]').nth(2).getAttribute('href'));
      await visit(clerk, 'notices', '/thong-bao');
      await visit(clerk, 'search', '/tim-kiem?q=loa%20truyen%20thanh');
      await visit(clerk, 'search-nothing', '/tim-kiem?q=khongcogi');
      await visit(clerk, 'account', '/tai-khoan');
      await visit(clerk, 'choose-authority', '/-/co-quan');
      assert.match(await clerk.text(), /Ủy ban nhân dân xã Bình Hòa Trung/);
      await visit(clerk, 'not-found', '/khong-co-trang-nay', 404);
      await visit(clerk, 'forbidden', '/nguoi-dung', 403);
      await visit(clerk, 'own-jobs', '/viec-nen');
      await visit(keeper, 'people', '/nguoi-dung');
      await visit(keeper, 'handover', `${await keeper.page.locator('main tbody a[href^="/nguoi-dung/"]:has-text("Nguyễn Ngọc Hân")').first().getAttribute('href')}/ban-giao`);
      // One who leaves today hands what is hers to the head of her office, the role too.
      await keeper.go('/nguoi-dung');
      const addressOf = (name) => keeper.page.locator(`main tbody a[href^="/nguoi-dung/"]:has-text("${name}")`).first().getAttribute('href');
      const leaver = await addressOf('Bùi Thanh Sang');
      const heir = await addressOf('Đỗ Hữu Nghĩa');
      await keeper.go(`${leaver}/ban-giao`);
      await keeper.click('form[action$="/ban-giao"] button');
      assert.match(await keeper.text('[role=alert]'), /Chưa chọn người/, 'to nobody nothing is handed over');
      await keeper.chooseNamed('#to', 'Đỗ Hữu Nghĩa');
      await keeper.click('#roles');
      await keeper.click('form[action$="/ban-giao"] button');
      assert.equal(new URL(keeper.page.url()).pathname, leaver);
      assert.match(await keeper.text('section[aria-labelledby=vai-tro]'), /Phòng Kinh tế.*Cán bộ, công chức.*đến hết ngày/s);
      assert.match(await keeper.text('section[aria-labelledby=nhat-ky]'), /Bàn giao công việc/);
      await keeper.go(heir);
      assert.match(await keeper.text('section[aria-labelledby=vai-tro]'), /Cán bộ, công chức.*Trưởng đơn vị|Trưởng đơn vị.*Cán bộ, công chức/s);
      await visit(keeper, 'new-person', '/nguoi-dung/moi');
      await visit(keeper, 'timeline', '/nhat-ky');
      const personal = '.timeline > li:has(form[action$="/xoa-ca-nhan"])';
      await keeper.page.locator(`${personal} > details > summary`).first().click();
      await keeper.page.locator(`${personal} > details[open] details.confirm > summary`).click();
      if (house.examines) await keeper.examine('timeline-erase');
      await keeper.page.locator('.confirm[open] form[action$="/xoa-ca-nhan"] button').click();
      await keeper.page.locator('.timeline > li:has-text("Đã xóa phần dữ liệu cá nhân")').first().waitFor();
      assert.match(await keeper.page.locator('.timeline').textContent(), /dữ liệu cá nhân của dòng này đã được xóa/);
      await visit(stranger, 'components', '/-/components');
      await visit(stranger, 'accessibility', '/tro-nang');

      await clerk.go('/tong-quan');
      await clerk.click('details:has(button[name=language]) > summary');
      await clerk.click('button[name=language][value=en]');
      for (const [name, path, words] of [
        ['overview', '/tong-quan', /Overview/],
        ['plan', plan, /In force/],
        ['import', '/ke-hoach/nhap', /Import/],
        ['not-found', '/khong-co-trang-nay', /not found/i],
      ]) {
        await clerk.go(path);
        assert.equal(await clerk.page.locator('html').getAttribute('lang'), 'en');
        assert.match(await clerk.text(), words, path);
        if (house.examines) await clerk.examine(`english-${name}`, { widths: [390] });
      }
    },
  },
  {
    title: 'the administrator looks after the catalogues',
    async walk(house) {
      const keeper = await house.person('quantri');
      await keeper.go('/danh-muc');
      if (house.examines) await keeper.examine('catalogues');
      await keeper.fill('#moi-noi-dung-name', 'An toàn thông tin cho người dân');
      await keeper.click('form[action="/danh-muc/noi-dung"] button');
      assert.match(await keeper.text('#noi-dung'), /An toàn thông tin cho người dân/);
      await keeper.fill('#moi-noi-dung-name', 'an toàn thông tin cho người dân');
      await keeper.click('form[action="/danh-muc/noi-dung"] button');
      assert.match(await keeper.text(), /đã có/);
      const clerk = await house.person('vanhoa');
      assert.equal(await clerk.go('/danh-muc'), 200);
      assert.equal(await clerk.page.locator('main form').count(), 0);
    },
  },
];
