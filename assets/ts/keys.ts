// Work by keyboard. Ctrl+K (⌘K) opens the palette; "/" goes to the search field, "?" shows what the keys do, j and k
// walk the records of the page's lists. Keys of one character do nothing while somebody types, with modifiers, while
// an input method composes, or where the person has switched them off (WCAG 2.1.4: data-keys on <html>, a cookie).
import { openPalette } from './palette';
import { stepThroughRecords } from './records';

const kTyping = 'input, textarea, select, [contenteditable]';
const kComposing = 229; // the keyCode of a key that an input method takes; Safari says so only here

const kActs = new Map<string, () => void>([
  ['/', focusSearch],
  ['?', () => show('phim-tat')],
  ['j', () => stepThroughRecords(1)],
  ['k', () => stepThroughRecords(-1)],
]);

/** Once for the life of the page: it looks for its elements when a key is pressed. */
export function listenToKeys(): void {
  document.addEventListener('keydown', pressed);
}

/** <button data-shows="ID" hidden>: opens that dialog. Without this script the button stays hidden. */
export function enhanceDialogs(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-shows]')) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener('click', () => show(button.dataset.shows ?? ''));
  }
  for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog.sheet'))
    // Only the ground around an open dialog is the dialog itself to a click; its inside is filled by what it holds.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === kComposing || event.altKey) return;
  const isOpen = document.querySelector('dialog[open]') !== null;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'k' || event.shiftKey || !document.getElementById('mo-nhanh')) return;
    event.preventDefault(); // browsers have a search of their own there
    if (!isOpen) show('mo-nhanh');
    return;
  }
  if (isOpen || document.documentElement.dataset.keys === 'off') return;
  if (event.target instanceof Element && event.target.closest(kTyping)) return;
  const act = kActs.get(event.key);
  if (!act) return;
  event.preventDefault(); // "/" must not arrive in the field that it leads to
  act();
}

function show(id: string): void {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (id === 'mo-nhanh') openPalette(dialog);
  else dialog.showModal();
}

/** The search page's own field where there is one, with the words of the last search marked. */
function focusSearch(): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>('form.search input[type=search]')];
  const field = fields.pop();
  field?.focus();
  field?.select();
}
