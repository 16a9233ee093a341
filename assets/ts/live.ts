// <div id="…" data-live="2">: what is under way on the server. Every so many seconds the page is asked for again and
// this part takes the new one's place, until it comes without data-live or the server leads to another page.
// Without this script the page comes again as a whole (Page::again_after_seconds).

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
    const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } });
    if (answer.redirected) {
      window.location.assign(answer.url);
      return;
    }
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
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
