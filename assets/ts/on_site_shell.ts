// What the evidence form needs to open without a network, in a cache that is named after its owner: the page as last seen,
// with her open lines, and its assets. Nothing else is kept, and nobody else's outlives her sign-in (ADR 28).
import { drop, piecesOf } from './on_site_box';
import { PAGE } from './on_site_send';

const MARK = 'on-site ';

/** Written whole or not at all: the assets first, then the page that asks for them; what it no longer asks for goes. */
export async function keepShell(owner: string): Promise<void> {
  const answer = await fetch(PAGE, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) return;
  const page = answer.clone();
  const shown = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const files = shown.querySelector<HTMLElement>('[data-files]')?.dataset.files?.split(' ') ?? [];
  if (shown.documentElement.dataset.owner !== owner) return; // somebody else has signed in meanwhile
  const cache = await caches.open(MARK + owner);
  const there = (await cache.keys()).map((request) => new URL(request.url).pathname);
  await cache.addAll(files.filter((file) => !there.includes(file)));
  await cache.put(PAGE, page);
  for (const path of there) if (path !== PAGE && !files.includes(path)) await cache.delete(path);
}

/** On every page of a signed-in person: what was kept for others is not hers to open. */
export async function forgetOthers(): Promise<void> {
  const owner = document.documentElement.dataset.owner;
  if (!owner || !('caches' in window)) return;
  for (const name of await caches.keys()) if (name.startsWith(MARK) && name !== MARK + owner) await caches.delete(name);
}

/** <form data-sign-out="question">: nothing of hers stays; before a piece that was not sent is lost, she is asked. */
export function forgetAtSignOut(): void {
  const owner = document.documentElement.dataset.owner;
  if (!owner || !('caches' in window)) return;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sign-out]'))
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // A browser that lets us keep nothing has nothing to forget: she is signed out all the same.
      forget(owner, form.dataset.signOut ?? '').then((may) => may && form.submit(), () => form.submit());
    });
}

async function forget(owner: string, question: string): Promise<boolean> {
  const pieces = await piecesOf(owner);
  if (pieces.some((piece) => piece.state !== 'sent') && !window.confirm(question)) return false;
  for (const piece of pieces) await drop(piece);
  await caches.delete(MARK + owner);
  return true;
}
