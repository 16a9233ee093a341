// Sends what waits, one piece after the other as they were recorded; by the page and by its worker alike (ADR 28).
import { keep, piecesOf, type Piece } from './on_site_box';

export const PAGE = '/ghi-minh-chung';
/** What the page and the worker tell each other: something in the box has changed. */
export const NEWS = 'loa-pieces';
const MOST_TRIES = 20; // of one piece, while the server can be reached

export type Outcome = 'done' | 'offline' | 'signed_out';

interface Door {
  owner: string;
  token: string;
}

/** One at a time, whatever tabs are open: who comes second finds nothing left to send. */
export async function sendWaiting(): Promise<Outcome> {
  return await navigator.locks.request(NEWS, sendInOrder);
}

async function sendInOrder(): Promise<Outcome> {
  let door = await knock();
  if (typeof door === 'string') return door;
  const news = new BroadcastChannel(NEWS);
  try {
    for (const piece of await piecesOf(door.owner)) {
      if (piece.state !== 'waiting') continue;
      let answer = await post(piece, door);
      if (answer?.status === 403) {
        // The token is as old as the session; ask for another before it is called a refusal.
        const again = await knock();
        if (typeof again === 'string') return again;
        if (again.owner !== door.owner) return 'signed_out';
        door = again;
        answer = await post(piece, door);
      }
      // Her session ended after the door was opened: the answer is the sign-in page, and nothing was taken in.
      if (answer?.ok && new URL(answer.url).pathname !== piece.line) return 'signed_out';
      if (!answer || answer.status >= 500 || answer.status === 429) {
        const tries = piece.tries + 1;
        await keep({ ...piece, tries, state: tries < MOST_TRIES ? 'waiting' : 'refused', status: 0, reasons: [] });
        news.postMessage('');
        return 'offline';
      }
      await keep(await answered(piece, answer));
      news.postMessage('');
    }
    return 'done';
  } finally {
    news.close();
  }
}

/** Who is signed in, and a token for her forms: from the page as it is now, never from the one that was kept. */
async function knock(): Promise<Door | 'offline' | 'signed_out'> {
  try {
    const answer = await fetch(PAGE, { cache: 'no-store' });
    if (answer.status >= 500) return 'offline';
    if (!answer.ok || answer.redirected) return 'signed_out';
    const page = await answer.text();
    const found = (pattern: RegExp) => pattern.exec(page)?.[1] ?? '';
    return { owner: found(/ data-owner="([^"]*)"/), token: found(/ name="csrf" value="([^"]*)"/) };
  } catch {
    return 'offline';
  }
}

/** Nothing where the network broke off: then nobody knows whether it arrived, and the same id is sent again. */
async function post(piece: Piece, door: Door): Promise<Response | null> {
  const form = new FormData();
  form.append('csrf', door.token);
  form.append('request_id', piece.id);
  form.append('sent_as', piece.id);
  for (const [name, value] of piece.fields) form.append(name, value);
  for (const photo of piece.photos) form.append('files', photo.bytes, photo.name);
  try {
    return await fetch(piece.line + '/minh-chung', { method: 'POST', body: form, headers: { Accept: 'application/json' } });
  } catch {
    return null;
  }
}

async function answered(piece: Piece, answer: Response): Promise<Piece> {
  if (answer.ok) {
    const link = new URL(answer.url);
    void answer.body?.cancel();
    return { ...piece, state: 'sent', photos: [], reasons: [], link: link.pathname + link.search + '#mc', sent_at: Date.now() };
  }
  return { ...piece, state: 'refused', status: answer.status, reasons: await reasonsIn(answer) };
}

async function reasonsIn(answer: Response): Promise<string[]> {
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/json')) return []; // a page: ours has words of its own
  return ((await answer.json()) as { problems: string[] }).problems;
}
