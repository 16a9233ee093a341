// What the post brings on an ordinary day: the letter that asks whether an address is hers, the mail of the day, the way to a
// new password.
import assert from 'node:assert/strict';
import { lookAt, startMailServer } from './mail.mjs';

const kAddress = 'vanhoa@binhhoatrung.example';
const kPath = (mail) => new URL(/http\S+\/lien-ket\/[\w-]+/.exec(mail.text)[0]).pathname;

async function confirmAddress(house, officer, post) {
  await officer.go('/tai-khoan');
  await officer.fill('form[action="/tai-khoan/thu"] #email', kAddress);
  await officer.fill('#email_password', house.installation.password);
  await officer.click('form[action="/tai-khoan/thu"] button');
  const letter = await post.one((mail) => /lien-ket/.test(mail.text), 'the letter that asks');
  assert.equal(letter.to_address, kAddress);
  if (house.examines) await lookAt(house, 'mail-confirm', letter);
  assert.equal(await officer.go(kPath(letter)), 200);
  if (house.examines) await officer.examine('confirm-address');
  await officer.click('form[action^="/lien-ket/"] button');
  await officer.go('/tai-khoan');
  assert.match(await officer.text('section[aria-labelledby=thu]'), /Đã xác nhận/i);
}

async function giveTasks(house) {
  const head = await house.person('truongvhxh');
  await head.go('/viec-don-vi');
  await head.click('main a:has-text("IV.A.1")');
  await head.click('details:has(form[action$="/cong-viec/mau"]) > summary');
  await head.chooseNamed('#template-template', 'Bản tin loa truyền thanh');
  await head.click('form[action$="/cong-viec/mau"] button');
  await head.go('/cong-viec?xem=danh-sach');
  for (const title of ['Viết lời bản tin', 'Thu âm']) await head.click(`tr:has(a:text-is("${title}")) input[type=checkbox]`);
  await head.chooseNamed('#hang-loat-responsible', 'Nguyễn Ngọc Hân');
  await head.click('#hang-loat button');
}

export const journeys = [
  {
    title: 'what the post brings: an address is confirmed, the mail of the day comes, a forgotten password is set anew',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      const { clock, loa, address } = house.installation;
      const post = await startMailServer();
      try {
        loa(['mail', 'set', '--host', '127.0.0.1', '--port', String(post.port), '--security', 'none', '--sender-name', 'UBND xã Bình Hòa Trung',
          '--sender', 'loa@binhhoatrung.example', '--site', address]);
        const officer = await house.person('vanhoa');
        await confirmAddress(house, officer, post);
        await giveTasks(house);
        clock.set('2026-03-28T07:02:00+07:00');
        const digest = await post.one((mail) => /giao công việc/.test(mail.text), 'the mail of the day');
        assert.equal(digest.to_address, kAddress);
        for (const said of ['Viết lời bản tin', 'Thu âm', '/cong-viec/']) assert.ok(digest.text.includes(said) && digest.html.includes(said), said);
        if (house.examines) await lookAt(house, 'mail-digest', digest);
        const choose = new URL(/http\S+\/tai-khoan\/thong-bao/.exec(digest.text)[0]).pathname;
        assert.equal(await officer.go(choose), 200, 'where she chooses what comes by mail');
        if (house.examines) await officer.examine('preferences');

        const forgetful = await house.person('');
        await forgetful.go('/dang-nhap');
        await forgetful.click('main a[href="/quen-mat-khau"]');
        if (house.examines) await forgetful.examine('forgotten');
        await forgetful.fill('#sign_in_name', 'vanhoa');
        await forgetful.click('form[action="/quen-mat-khau"] button');
        if (house.examines) await forgetful.examine('forgotten-asked');
        const reset = await post.one((mail) => /lien-ket/.test(mail.text) && /mật khẩu/i.test(mail.subject), 'the letter about the password');
        const password = 'gặt lúa sớm trên đồng';
        await forgetful.go(kPath(reset));
        await forgetful.fill('#password', password);
        await forgetful.fill('#password_again', password);
        await forgetful.click('form[action^="/lien-ket/"] button');
        await forgetful.go('/dang-nhap');
        await forgetful.fill('input[name=sign_in_name]', 'vanhoa');
        await forgetful.fill('input[name=password]', password);
        await forgetful.click('form[action="/dang-nhap"] button');
        assert.equal(await forgetful.go('/cong-viec'), 200, 'in, with the new one');
      } finally {
        post.stop();
      }
    },
  },
];
