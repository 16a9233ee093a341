// Parts of a page that renew themselves: the page is asked for again, and the part takes the new one's place.
//
// <div id="…" data-live="2">: what is under way on the server, every so many seconds, until it comes without data-live or
// the server leads to another page. Without this script the page comes again as a whole (Page::again_after_seconds).
//
// <div id="…" data-feed="41">: what others change, as soon as the server says so (/su-kien); 41 is the stamp the page was
// made with. Only while the page is looked at, so that open tabs hold no connections; never under somebody's hands.

const kAtMostEvery = 10_000; // milliseconds between two renewals by the feed
const kAgainAfter = 30_000; // where the server could not be asked
const kSpread = 1_500; // so that not all who look ask in the same moment

export function enhanceLive(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) wait(part);
}

function wait(part: HTMLElement): void {
  const seconds = Number(part.dataset.live);
  window.setTimeout(() => void renew(part), seconds * 1000);
}

async function renew(part: HTMLElement): Promise<void> {
  if (!part.isConnected) return;
  try {
    const page = await asked();
    if (page) {
      const next = page.getElementById(part.id);
      if (!next) {
        window.location.reload(); // it has ended in another page at the same address
        return;
      }
      if (next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
      if (!next.dataset.live) delete part.dataset.live;
    }
  } catch {
    // the network is away for a moment; what is shown stays, and the next try comes
  }
  if (part.dataset.live) wait(part);
}

/** The page as it is now; null where the server sends us elsewhere, which we follow, or refuses. */
async function asked(): Promise<Document | null> {
  const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } });
  if (answer.redirected) {
    window.location.assign(answer.url);
    return null;
  }
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
}

/** Once for the page. */
export function listenToFeed(): void {
  const fed = () => [...document.querySelectorAll<HTMLElement>('[data-feed][id]')];
  if (fed().length === 0 || !('EventSource' in window)) return;
  let source: EventSource | null = null;
  let renewedAt = 0;
  let planned = 0;

  const listen = () => {
    if (document.visibilityState !== 'visible') {
      source?.close();
      source = null;
    } else if (!source) {
      const seen = Math.min(...fed().map((part) => Number(part.dataset.feed)));
      source = new EventSource(`/su-kien?tu=${seen}`);
      source.onmessage = plan;
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return; // it comes again by itself
        source = null;
        window.setTimeout(listen, kAgainAfter);
      };
    }
  };
  const plan = () => {
    if (planned) return;
    const rest = Math.max(0, renewedAt + kAtMostEvery - Date.now());
    planned = window.setTimeout(() => void renewAll(), rest + Math.random() * kSpread);
  };
  const renewAll = async () => {
    planned = 0;
    if (fed().some(isBeingFilled)) {
      document.addEventListener('focusout', plan, { once: true });
      return;
    }
    renewedAt = Date.now();
    try {
      const page = await asked();
      for (const part of page ? fed() : []) replace(part, page?.getElementById(part.id) ?? null);
    } catch {
      window.setTimeout(plan, kAgainAfter); // what is shown stays meanwhile
    }
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}

/** Somebody types in it, or has typed and not sent. */
function isBeingFilled(part: HTMLElement): boolean {
  if (part.contains(document.activeElement) && document.activeElement?.matches('input, textarea, select')) return true;
  return [...part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[type=text], input:not([type]), textarea')].some(
    (field) => field.value !== field.defaultValue,
  );
}

/** The focus stays where it was: on the link or button at the same place with the same words. */
function replace(part: HTMLElement, next: HTMLElement | null): void {
  if (!next) return;
  part.dataset.feed = next.dataset.feed ?? part.dataset.feed;
  if (next.innerHTML === part.innerHTML) return;
  const opened = [...part.querySelectorAll('details')].map((each) => each.open);
  const scrolled = [...part.querySelectorAll('.table-wrap')].map((each) => each.scrollLeft);
  const places = () => [...part.querySelectorAll<HTMLElement>('a[href], button, summary')];
  const focused = document.activeElement instanceof HTMLElement && part.contains(document.activeElement) ? document.activeElement : null;
  const words = focused?.textContent;
  const place = focused ? places().indexOf(focused) : -1;
  part.innerHTML = next.innerHTML;
  part.querySelectorAll('details').forEach((each, at) => (each.open = opened[at] ?? each.open));
  part.querySelectorAll('.table-wrap').forEach((each, at) => (each.scrollLeft = scrolled[at] ?? 0));
  if (!focused) return;
  const same = places().filter((each) => each.textContent === words);
  (same.find((each) => places().indexOf(each) === place) ?? same[0] ?? places()[Math.min(place, places().length - 1)])?.focus({ preventScroll: true });
}
