// From nothing to a working office: the wizard, the second factor, mail, units and people from spreadsheets.
import assert from 'node:assert/strict';
import { setTimeout as later } from 'node:timers/promises';
import { lookAt, startMailServer } from './mail.mjs';
import { codeOf, turnOn } from './second_factor.mjs';

const kPassword = 'một hạt gạo mùa nước nổi';
const kOffice = {
  name: 'Ủy ban nhân dân xã Tân Phú Đông',
  short_name: 'UBND xã Tân Phú Đông',
  place: 'xã Tân Phú Đông',
  hamlet_word: 'ấp',
  person_name: 'Lê Thị Ánh Nguyệt',
  sign_in_name: 'quantri',
  email: 'quantri@tanphudong.example',
};
const kUnitHeadings = 'Tên đơn vị,Tên viết tắt,Loại,Đơn vị cấp trên,Ngày bắt đầu,Số người,Dân số';
const kUnits = [
  'Văn phòng HĐND và UBND xã,Văn phòng,Cơ quan chuyên môn,,01/07/2025,9,',
  'Phòng Kinh tế,,Cơ quan chuyên môn,,01/07/2025,8,',
  'Phòng Văn hóa - Xã hội,P. VHXH,Cơ quan chuyên môn,,01/07/2025,7,',
  'Trung tâm Phục vụ hành chính công xã,,Đơn vị sự nghiệp,,01/07/2025,6,',
  'Ban Nhân dân ấp Phú Lợi,,"Thôn, tổ dân phố",,01/07/2025,,1204',
  'Ban Nhân dân ấp Phú Thạnh,,"Thôn, tổ dân phố",,01/07/2025,,986',
];
const kBadUnits = ['Trạm Khuyến nông,,Cơ quan tư vấn,,01/07/2025,,', 'Tổ Một cửa,,Đơn vị sự nghiệp,Trung tâm Hành chính,01/07/2025,,', 'Phòng Kinh tế,,Cơ quan chuyên môn,,01/07/2025,,'];
const kPeopleHeadings = 'Họ và tên,Tên đăng nhập,Thư điện tử,Đơn vị,Vai trò,Chức vụ,Từ ngày,Đến ngày';
const kFamilies = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh'];
const kNames = ['Văn Đức', 'Thị Diễm', 'Ngọc Ân', 'Minh Ước'];
const kPlaces = ['Phòng Kinh tế', 'Phòng Văn hóa - Xã hội', 'Văn phòng HĐND và UBND xã', 'Ban Nhân dân ấp Phú Lợi'];

const people = kFamilies.flatMap((family, i) => kNames.map((name, j) =>
  ({ name: `${family} ${name}`, address: `nguoi${i * kNames.length + j + 1}@tanphudong.example`, unit: kPlaces[j] })));

const table = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`) });

async function firstCode(house) {
  for (let tries = 0; tries < 100; ++tries) {
    const found = /enter the code (\S+)/.exec(house.installation.said());
    if (found) return found[1];
    await later(50);
  }
  throw new Error(`no code of the first run: ${house.installation.said()}`);
}

async function openOffice(house, administrator) {
  await administrator.go('/bat-dau');
  if (house.examines) await administrator.examine('first-run');
  for (const [field, text] of Object.entries({ code: 'AAAA-AAAA', ...kOffice, password: kPassword })) await administrator.fill(`#${field}`, text);
  await administrator.click('form[action="/bat-dau"] button');
  assert.match(await administrator.text('[role=alert]'), /Mã chưa đúng/);
  assert.equal(await administrator.page.locator('#name').inputValue(), kOffice.name, 'what was typed is kept');
  if (house.examines) await administrator.examine('first-run-refused');
  await administrator.fill('#code', await firstCode(house));
  await administrator.fill('#password', kPassword);
  await administrator.click('form[action="/bat-dau"] button');
  await administrator.fill('input[name=sign_in_name]', kOffice.sign_in_name);
  await administrator.fill('input[name=password]', kPassword);
  await administrator.click('form[action="/dang-nhap"] button');
  assert.equal(new URL(administrator.page.url()).pathname, '/quan-tri/bat-dau');
  assert.equal(await administrator.go('/nguoi-dung'), 403, 'before anything else: the second factor');
  await administrator.go('/tai-khoan/hai-lop');
  if (house.examines) await administrator.examine('second-factor');
  const { secret, codes } = await turnOn(administrator);
  assert.equal(new Set(codes).size, codes.length);
  assert.ok(codes.length >= 8, `${codes.length} codes for the day without a telephone`);
  await comeBack(house, administrator, secret);
  await administrator.go('/quan-tri/bat-dau');
  if (house.examines) await administrator.examine('first-steps');
}

/** Out, and in again with the second step; the password alone opens nothing. */
async function comeBack(house, administrator, secret) {
  await administrator.click('.bar .menu > summary');
  await administrator.click('form[action="/dang-xuat"] button');
  await administrator.go('/dang-nhap');
  await administrator.fill('input[name=sign_in_name]', kOffice.sign_in_name);
  await administrator.fill('input[name=password]', kPassword);
  await administrator.click('form[action="/dang-nhap"] button');
  assert.equal(new URL(administrator.page.url()).pathname, '/dang-nhap/ma');
  if (house.examines) await administrator.examine('sign-in-code');
  await administrator.fill('#code', '12 34 5');
  await administrator.click('form[action="/dang-nhap/ma"] button');
  assert.match(await administrator.text('[role=alert]'), /[Mm]ã/);
  if (house.examines) await administrator.examine('sign-in-code-refused');
  await administrator.go('/nguoi-dung');
  assert.equal(new URL(administrator.page.url()).pathname, '/dang-nhap', 'half in is not in');
  await administrator.go('/dang-nhap/ma');
  // The code of this half minute has been used: the telephone shows the next one soon, which is good already.
  await administrator.fill('#code', codeOf(secret, administrator.installation.now() + 30_000));
  await administrator.click('form[action="/dang-nhap/ma"] button');
  assert.equal(await administrator.go('/nguoi-dung'), 200);
}

async function setUpMail(house, administrator, post) {
  const form = 'form[action="/quan-tri/thu-dien-tu"]';
  await administrator.click('main a[href="/quan-tri/thu-dien-tu"]');
  const settings = { host: '127.0.0.1', port: String(post.port), sender_name: kOffice.short_name, sender_address: 'loa@tanphudong.example', site: house.installation.address };
  for (const [field, text] of Object.entries(settings)) await administrator.fill(`${form} #${field}`, text);
  await administrator.choose(`${form} #security`, 'none');
  await administrator.click(`${form} button`);
  await administrator.fill('#test_address', kOffice.email);
  await administrator.click('form[action="/quan-tri/thu-dien-tu/thu"] button');
  const [test] = await post.mails(1);
  assert.equal(test.to_address, kOffice.email);
  assert.equal(test.defects, '');
  await administrator.go('/quan-tri/hop-thu-di?trang-thai=sent');
  assert.match(await administrator.text(), /Đã gửi/);
  if (house.examines) await administrator.examine('outbox');
  await administrator.go('/quan-tri/thu-dien-tu');
  if (house.examines) await administrator.examine('mail-settings');
}

async function bringUnits(house, administrator) {
  await administrator.go('/don-vi/nhap');
  await administrator.attach('#file', table('don-vi.csv', [kUnitHeadings, ...kUnits, ...kBadUnits]));
  await administrator.click('.drop button');
  const told = await administrator.text('[role=alert]');
  assert.match(told, /Số dòng cần sửa: 3/);
  for (const said of ['Không có loại đơn vị “Cơ quan tư vấn”', 'Không có đơn vị “Trung tâm Hành chính”', 'Trùng với dòng 3', 'Chưa có gì thay đổi'])
    assert.ok(told.includes(said), `${said}: ${told}`);
  assert.doesNotMatch(told, /cấp trên mới có từ/, 'nothing is said of the days of a unit that is not there');
  if (house.examines) await administrator.examine('units-import-refused');
  await administrator.attach('#file', table('don-vi.csv', [kUnitHeadings, ...kUnits]));
  await administrator.click('.drop button');
  assert.match(await administrator.text(), /Thành lập mới: 6/);
  if (house.examines) await administrator.examine('units-import');
  await administrator.click('main form:has([name=sha256]) button');
  const tree = await administrator.text();
  for (const line of kUnits) assert.ok(tree.includes(line.split(',')[0]), line);
}

async function invitePeople(house, administrator, post) {
  await administrator.go('/nguoi-dung/nhap');
  if (house.examines) await administrator.examine('people-import-form');
  const rows = people.map(({ name, address, unit }) => `${name},,${address},${unit},"Cán bộ, công chức",,01/07/2025,`);
  await administrator.attach('#file', table('nguoi-dung.csv', [kPeopleHeadings, ...rows]));
  await administrator.click('.drop button');
  assert.match(await administrator.text(), /Gửi thư mời: 20/);
  if (house.examines) await administrator.examine('people-import');
  await administrator.click('main form:has([name=sha256]) button');
  const mails = (await post.mails(1 + people.length)).filter((mail) => mail.to_address !== kOffice.email);
  assert.deepEqual(mails.map((mail) => mail.to_address).sort(), people.map(({ address }) => address).sort(), 'one for each');
  await administrator.go('/nguoi-dung');
  assert.ok((await administrator.text()).includes(people[0].name));
  if (house.examines) await administrator.examine('people');
  return mails;
}

/** On a phone: the link of the letter, a password, in. */
async function accept(house, mails) {
  const invited = people[1];
  const letter = mails.find((mail) => mail.to_address === invited.address);
  if (house.examines) await lookAt(house, 'mail-invitation', letter);
  const link = new URL(/http\S+\/lien-ket\/[\w-]+/.exec(letter.text)[0]).pathname;
  const phone = await house.person('', { phone: true });
  assert.equal(await phone.go(link), 200);
  assert.equal(await phone.go(link), 200, 'who only looks (as scanners of mail do) has used nothing up');
  const name = /Tên đăng nhập: (\S+?)\)/.exec(await phone.text())[1];
  if (house.examines) await phone.examine('invitation');
  const password = 'đi chợ nổi từ tinh mơ';
  await phone.fill('#password', password);
  await phone.fill('#password_again', password);
  await phone.click(`form[action="${link}"] button`);
  await phone.go(link);
  assert.equal(await phone.page.locator('#password').count(), 0, 'a link is good once');
  await phone.go('/dang-nhap');
  await phone.fill('input[name=sign_in_name]', name);
  await phone.fill('input[name=password]', password);
  await phone.click('form[action="/dang-nhap"] button');
  assert.equal(await phone.go('/viec-don-vi'), 200);
  assert.ok((await phone.text('body')).includes(invited.unit));
  if (house.examines) await phone.examine('first-day');
}

/** What an administrator finds in an office that has just begun. */
async function lookAround(administrator) {
  for (const [title, path] of [['file-storage', '/quan-tri/luu-tru'], ['health', '/quan-tri/suc-khoe'], ['authority', '/quan-tri/co-quan'], ['jobs', '/quan-tri/viec-nen'], ['permissions', '/quan-tri/quyen'],
    ['timeline-check', '/nhat-ky/kiem-tra'], ['person', await first(administrator)]]) {
    assert.equal(await administrator.go(path), 200, path);
    await administrator.examine(title);
  }
}

async function first(administrator) {
  await administrator.go('/nguoi-dung');
  return administrator.page.locator('main tbody a').first().getAttribute('href');
}

export const journeys = [
  {
    title: 'from a bare start to a working office, by keyboard and in the dark',
    byKeyboard: true,
    fill: () => '', // nobody is there yet
    async walk(house) {
      const post = await startMailServer();
      try {
        const administrator = await house.person('');
        await openOffice(house, administrator);
        await setUpMail(house, administrator, post);
        await bringUnits(house, administrator);
        const mails = await invitePeople(house, administrator, post);
        await accept(house, mails);
        if (house.examines) await lookAround(administrator);
        await administrator.go('/quan-tri/bat-dau');
        assert.equal((await administrator.text()).match(/đã xong/g).length, 4, 'every first step is done');
        const stranger = await house.person('');
        assert.equal(await stranger.go('/bat-dau'), 404, 'the wizard is gone');
      } finally {
        post.stop();
      }
    },
  },
];
