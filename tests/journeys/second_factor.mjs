// The telephone of somebody with a second factor: codes of a secret, as RFC 6238 has them.
import { createHmac } from 'node:crypto';

const kLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'; // RFC 4648

function bytesOf(secret) {
  let bits = '';
  for (const letter of secret.replace(/[^A-Z2-7]/g, '')) bits += kLetters.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** Six digits; `now` in milliseconds. */
export function codeOf(secret, now) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Turns the second factor on; gives its secret and the codes for the day without a telephone. */
export async function turnOn(person) {
  await person.go('/tai-khoan/hai-lop');
  await person.click('form[action$="/hai-lop/bat"] button');
  await person.click('main details.more > summary');
  const secret = await person.page.locator('main details.more code').innerText();
  await person.fill('main input[name=code]', codeOf(secret, person.installation.now()));
  await person.click('form[action$="/xac-nhan"] button');
  return { secret, codes: await person.page.locator('main .codes code').allInnerTexts() };
}
