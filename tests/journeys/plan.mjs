// Sections I-V of the source plan: an issued file becomes a reviewed, issued campaign, and an amended one.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

const kFile = fileURLToPath(new URL('../../modules/plan/data/demo/ke-hoach-1-hai-co-quan-chu-tri.md', import.meta.url));
const kMostActions = 40;

async function importFile(clerk) {
  await clerk.go('/ke-hoach/nhap');
  ++clerk.actions;
  await clerk.page.setInputFiles('input[type=file]', kFile);
  await clerk.click('main .drop button');
  assert.match(clerk.page.url(), /\/ke-hoach\/\d+\/ra-soat/);
  return /\/ke-hoach\/(\d+)/.exec(clerk.page.url())[1];
}

/** Confirms everything group by group; names that no unit bears are bodies outside. */
async function review(clerk) {
  const open = 'main #ten-co-quan form';
  while (await clerk.page.locator(open).count()) {
    await clerk.choose(`${open} select`, 'outside');
    await clerk.click(`${open} button`);
  }
  await clerk.click('#van-ban form button');
  for (const form of ['/hoat-dong-xac-nhan', '/nhiem-vu-xac-nhan', '/muc-xac-nhan/']) {
    const button = `form[action*="${form}"] button`;
    while (await clerk.page.locator(button).count()) await clerk.click(button);
  }
  // What Loa was not sure of is opened, looked at and saved one by one.
  const unsure = '#hoat-dong details.extract:has(> summary .conf)';
  while (await clerk.page.locator(unsure).count()) {
    if (!(await clerk.page.locator(unsure).first().getAttribute('open'))) await clerk.click(`${unsure} > summary`);
    await clerk.click(`${unsure} form button`);
  }
}

async function submit(clerk) {
  await clerk.click('form[action$="/chuyen-ra-soat"] button');
  assert.match(await clerk.text(), /Đang rà soát/);
}

async function approve(house, plan) {
  const leader = await house.person('lanhdao');
  await leader.go(`/ke-hoach/${plan}`);
  await leader.click('form[action$="/duyet"] button');
  assert.match(await leader.text(), /chờ ban hành/);
  return leader;
}

async function issue(clerk, plan, number) {
  await clerk.go(`/ke-hoach/${plan}`);
  await clerk.fill('#number', number);
  const today = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date());
  await clerk.fill('#issued_on', today);
  await clerk.click('form[action$="/ban-hanh"] button');
  assert.match(await clerk.text(), new RegExp(`Số ${number}/KH-UBND`));
}

async function issued(house) {
  const clerk = await house.person('vanhoa');
  const plan = await importFile(clerk);
  await review(clerk);
  await submit(clerk);
  await approve(house, plan);
  await issue(clerk, plan, '15');
  return { clerk, plan };
}

export const journeys = [
  {
    title: 'the clerk reviews the plan her office drafted',
    async walk(house) {
      const clerk = await house.person('vanhoa');
      if (house.examines) await clerk.examine('overview');
      await clerk.go('/ke-hoach/nhap');
      if (house.examines) await clerk.examine('import');
      clerk.actions = 0;
      const plan = await importFile(clerk);
      const said = await clerk.text();
      for (const words of ['Hoạt động (4)', 'Căn cứ pháp lý (2)', 'Nội dung tuyên truyền (3)', 'Nơi nhận (4)', 'số văn bản', 'ngày ban hành'])
        assert.ok(said.includes(words), `the review page says "${words}"`);
      if (house.examines) await clerk.examine('review');
      await clerk.click('#hoat-dong details.extract:nth-of-type(2) > summary');
      assert.match(await clerk.text('#hoat-dong details.extract:nth-of-type(2)'), /Đề nghị phối hợp.*Bưu điện khu vực/);
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
      const { clerk, plan } = await issued(house);
      if (house.examines) await clerk.examine('plan');
      await clerk.go(`/ke-hoach/${plan}/bo-sung`);
      if (house.examines) await clerk.examine('completion');
      const hamlet = await house.person('binhhoa1');
      await hamlet.go('/viec-don-vi');
      const own = await hamlet.text();
      assert.match(own, /Niêm yết và cập nhật.*chủ trì/);
      assert.match(own, /phối hợp/);
      assert.doesNotMatch(own, /Khảo sát mức độ hài lòng/);
      if (house.examines) await hamlet.examine('unit-work');
      await hamlet.click('main .tasks a');
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
      const { clerk, plan } = await issued(house);
      await clerk.go(`/ke-hoach/${plan}`);
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
      const economy = await house.person('kinhte');
      await economy.go('/thong-bao');
      assert.match(await economy.text(), /16\/KH-UBND/);
    },
  },
  {
    title: 'a stranger sees nothing of it',
    async walk(house) {
      const { plan } = await issued(house);
      const stranger = await house.person('');
      for (const path of ['', '/ra-soat', '/bo-sung', '/hoat-dong/1', '/ban/1']) {
        const status = await stranger.go(`/ke-hoach/${plan}${path}`);
        const seen = await stranger.text('body');
        assert.ok(status === 404 || stranger.page.url().includes('/dang-nhap'), `${path}: ${status} ${stranger.page.url()}`);
        assert.ok(!seen.includes('Niêm yết và cập nhật'), path);
      }
      await stranger.go('/');
      if (house.examines) await stranger.examine('home');
      await stranger.go('/dang-nhap');
      if (house.examines) await stranger.examine('sign-in');
    },
  },
];
