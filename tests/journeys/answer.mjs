// A hamlet without a computer: its head answers on a telephone by a personal link, the office confirms, and the link is revoked.
import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';

/** A photo as a telephone would send it, small: a PNG of one colour. */
function photo(width, height) {
  const crcs = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n) >>> 0);
  const crc = (bytes) => (~bytes.reduce((c, byte) => crcs[(c ^ byte) & 255] ^ (c >>> 8), ~0) >>> 0);
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const size = Buffer.alloc(4), sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x6a)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

export const journeys = [
  {
    title: 'the head of a hamlet answers by a personal link, without an account and without script',
    startsOn: '2026-03-27T08:00:00+07:00',
    async walk(house) {
      // The office gives the link from the line of a hamlet that nobody has an account of.
      const clerk = await house.person('vanhoa');
      await clerk.go('/ke-hoach');
      await clerk.click('main a:has-text("Truyền thông chuyển đổi số")');
      const plan = new URL(clerk.page.url()).pathname;
      const activity = clerk.page.locator('main a[href*="/hoat-dong/"]:has-text("Treo bảng mã QR")').first();
      await clerk.go(await activity.getAttribute('href'));
      await clerk.click('main a[href*="/viec/"]:has-text("Bình Hòa 2")');
      const line = new URL(clerk.page.url()).pathname;
      await clerk.click('#lk summary:has-text("Cấp liên kết cá nhân")');
      await clerk.click('#lk form[action$="/lien-ket"] button');
      assert.match(await clerk.text('#lk'), /Nhập họ và tên người trả lời/);
      if (house.examines) await clerk.examine('link-refused');
      await clerk.fill('#l-holder_name', 'Nguyễn Thị Lành');
      await clerk.fill('#l-contact', '0912 345 678');
      await clerk.click('#lk form[action$="/lien-ket"] button');
      const message = await clerk.page.locator('#loi-nhan').inputValue();
      assert.match(message, /Nguyễn Thị Lành/);
      const address = new URL(/https?:\S+\/tra-loi\/\S+/.exec(message)[0]).pathname;
      assert.match(await clerk.text(), /0912 345 678/, 'where to send it, this once');
      if (house.examines) await clerk.examine('link-given');
      await clerk.go(line);
      assert.match(await clerk.text('#lk'), /••• 678/);
      assert.ok(!(await clerk.page.content()).includes(address), 'the address is shown once');
      if (house.examines) await clerk.examine('assignment-link');

      const head = await house.person('', { script: false, phone: true });
      assert.equal(await head.go(address), 200);
      assert.match(await head.text(), /Nguyễn Thị Lành.*Bình Hòa 2/s);
      await head.click('main .tasks a:has-text("Treo bảng mã QR")');
      await head.click('form[action$="/nhan-viec"] button');
      assert.match(await head.text(), /Đã ghi nhận: đơn vị nhận việc này/);
      await head.click('form[action$="/minh-chung"] button');
      assert.match(await head.text(), /Nhập việc đã làm/);
      await head.fill('#e-what', 'Đã treo bảng mã QR tại nhà văn hóa ấp');
      await head.fill('#e-place', 'Nhà văn hóa ấp Bình Hòa 2');
      const quantity = head.page.locator('form[action$="/minh-chung"] input[name^="quantity-"]');
      if (await quantity.count()) await head.fill('form[action$="/minh-chung"] input[name^="quantity-"]', '1');
      await head.attach('#e-files', { name: 'bang-qr.png', mimeType: 'image/png', buffer: photo(640, 480) });
      await head.click('form[action$="/minh-chung"] button');
      assert.match(await head.text(), /Đã nhận kết quả/);
      assert.match(await head.text(), /bang-qr\.png/);
      await head.click('form[action$="/bao-xong"] button:has-text("Báo việc đã xong")');
      assert.match(await head.text(), /Đã ghi nhận: việc đã xong/);
      // The same page to look at: pictures need a script.
      if (house.examines) {
        const eye = await house.person('', { phone: true });
        await eye.go(address);
        await eye.examine('answers');
        await eye.click('main .tasks a:has-text("Treo bảng mã QR")');
        await eye.examine('answer');
      }

      // Who gave the link does not confirm what came by it; her head does.
      await clerk.go(line);
      assert.match(await clerk.text(), /qua liên kết cá nhân của Nguyễn Thị Lành/);
      assert.match(await clerk.text(), /cấp liên kết: người khác của cơ quan tổng hợp xác nhận/);
      assert.equal(await clerk.page.locator('form[action$="/xac-nhan"]').count(), 0);
      const office = await house.person('truongvhxh');
      await office.go(line);
      await office.click('form[action$="/xac-nhan"] button');
      await office.click('form[action$="/khep"] button');
      assert.match(await office.text(), /Đã xong/);
      if (house.examines) await office.examine('assignment-answered');
      await head.go(address);
      assert.match(await head.text(), /Đã xong/);

      // Revoked, it leads nowhere.
      await clerk.go(`${plan}/lien-ket`);
      if (house.examines) await clerk.examine('personal-links');
      await clerk.click('summary:has-text("Thu hồi")');
      await clerk.click('form[action$="/thu-hoi"] button');
      assert.match(await clerk.text(), /Đã thu hồi/);
      assert.equal(await head.go(address), 404);
      assert.match(await head.text(), /đề nghị cơ quan đã gửi cấp lại liên kết/);
    },
  },
];
