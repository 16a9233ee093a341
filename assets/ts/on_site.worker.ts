// The worker of the evidence form, and of no other page: opens it without a network from what it kept itself
// (on_site_shell.ts), and sends what waits when the network is back though the page is closed (ADR 28).
import { PAGE, sendWaiting } from './on_site_send';

interface Event_ extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent_ extends Event_ {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(name: 'install' | 'activate' | 'sync', act: (event: Event_) => void): void;
  addEventListener(name: 'fetch', act: (event: FetchEvent_) => void): void;
};
const PATIENCE = 5000; // milliseconds that a network which says nothing may take before the kept page is shown

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('sync', (event) => event.waitUntil(sendWaiting().then((outcome) => {
  if (outcome === 'offline') throw new Error('offline'); // the browser tries again, later
})));

worker.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin || event.request.method !== 'GET') return;
  if (pathname.startsWith('/assets/')) event.respondWith(keptOrFetched(event.request));
  else if (pathname === PAGE && event.request.mode === 'navigate') event.respondWith(fetchedOrKept(event.request));
});

const kept = (request: Request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });

/** The address of an asset changes with its content. */
async function keptOrFetched(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

async function fetchedOrKept(request: Request): Promise<Response> {
  const fetched = fetch(request);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
  try {
    return (await Promise.race([fetched, late])) ?? (await kept(request)) ?? (await fetched);
  } catch (error) {
    const page = await kept(request);
    if (!page) throw error;
    return page;
  }
}
