// A person who has no mouse and works in the dark: everything by the keys, everything reached with Tab.
import { Person } from './person.mjs';

const kMostTabs = 400;

export class KeyboardPerson extends Person {
  async open() {
    this.scheme = 'dark';
    await super.open();
    await this.page.emulateMedia({ colorScheme: this.scheme });
    this.page.on('filechooser', () => {}); // from now on: one that is asked for too late opens the browser's own
    return this;
  }

  async signIn(password = this.installation.password) {
    await this.open();
    await this.go('/dang-nhap');
    await this.fill('input[name=sign_in_name]', this.name);
    await this.fill('input[name=password]', password);
    await this.click('main button');
    this.actions = 0; // what she came for begins here
    return this;
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** Tab until the first element of the selector that can be seen has the focus; what Tab does not reach is a fault of the page. */
  async reach(selector) {
    const target = await this.page.locator(`${selector} >> visible=true`).first().elementHandle();
    for (let tabs = 0; tabs < kMostTabs; ++tabs) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press('Tab');
    }
    throw new Error(`${this.page.url()}: no Tab leads to ${selector}`);
  }

  async click(selector) {
    ++this.actions;
    await this.reach(selector);
    const [leaves, key] = await this.page.evaluate(() => {
      const { form, type } = document.activeElement;
      return [document.activeElement.matches('a[href]') || (type === 'submit' && form?.method !== 'dialog'), type === 'checkbox' ? 'Space' : 'Enter'];
    });
    const left = leaves ? this.page.waitForEvent('framenavigated') : null;
    await this.press(key);
    await left;
    await this.page.waitForLoadState('load');
  }

  async push(selector) {
    await this.reach(selector);
    await this.press('Enter');
  }

  async fill(selector, text) {
    ++this.actions;
    await this.reach(selector);
    if ((await this.page.evaluate(() => document.activeElement.type)) === 'date') return this.typeDate(text);
    await this.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** "2026-07-01" into a field of date, part by part; which part stands first is the browser's language. */
  async typeDate(iso) {
    const [year, month, day] = iso.split('-');
    for (const keys of [`${day}${month}${year}`, `${month}${day}${year}`]) {
      await this.page.keyboard.type(keys);
      if ((await this.page.evaluate(() => document.activeElement.value)) === iso) return;
      await this.press('ArrowLeft', 'ArrowLeft');
    }
    throw new Error(`${this.page.url()}: no keys give ${iso}`);
  }

  async choose(selector, value) {
    ++this.actions;
    await this.reach(selector);
    await this.press('Home');
    const chosen = () => this.page.evaluate(() => document.activeElement.value);
    for (let before = null, now = await chosen(); now !== value && now !== before; now = await chosen()) {
      before = now;
      await this.press('ArrowDown');
    }
    if ((await chosen()) !== value) throw new Error(`${this.page.url()}: ${selector} offers no ${value}`);
  }

  async attach(selector, file) {
    ++this.actions;
    await this.reach(selector);
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.press('Space')]);
    await chooser.setFiles(file);
  }
}
