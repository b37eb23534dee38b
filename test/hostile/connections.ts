import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { HostileClient } from './hostile-client';

const BULK_HEAD =
  'POST /api/v1/orders/bulk_create/ HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 16000000\r\n\r\n';
const SECONDS_PER_BYTE = 0.25;
/** Older than all that is kept: before the first transaction. */
const VERY_OLD_ID = '0-0-00000000-0000-0000-0000-000000000000';

/** Requests that are right as far as they go, and keep others waiting by how they are sent or read. */
export const HOSTILE_CONNECTIONS: readonly HostileClient[] = [
  {
    does: 'announces 16 MB on ten connections and sends a byte now and then',
    prepare: () => (url, signal) => hold(url, signal, 10, BULK_HEAD, '{'),
  },
  {
    does: 'sends the headers of 200 requests a byte at a time',
    prepare: () => (url, signal) => hold(url, signal, 200, 'POST /api/v1/orders/ HTTP/1.1\r\nX-Long: ', 'x'),
  },
  { does: 'opens 500 connections and says nothing', prepare: () => (url, signal) => hold(url, signal, 500, '') },
  {
    does: 'reads the stream from long ago, again and again, on ten connections',
    prepare: () => (url, signal) =>
      repeat(signal, 10, () => ask(`${url}/api/v1/orders/stream/`, { 'last-event-id': VERY_OLD_ID }, 300)),
  },
  {
    does: 'opens the stream on 100 connections and never reads',
    prepare: () => (url, signal) => hold(url, signal, 100, 'GET /api/v1/orders/stream/ HTTP/1.1\r\nHost: shop\r\n\r\n'),
  },
  {
    does: 'asks for 2,000 full pages on 20 connections and reads none',
    prepare: () => (url, signal) =>
      hold(url, signal, 20, 'GET /api/v1/orders/?page_size=100 HTTP/1.1\r\nHost: shop\r\n\r\n'.repeat(100)),
  },
  {
    does: 'searches on four connections for what every order has',
    prepare: () => (url, signal) =>
      repeat(signal, 4, () => ask(`${url}/api/v1/orders/?search=ada%20long&page_size=100`)),
  },
  {
    does: 'lets 20,000 orders be tried out, again and again',
    prepare: () => (url, signal) => {
      const order = { customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: 1, quantity: 1 }] };
      const body = JSON.stringify({ orders: Array(20_000).fill(order), dry_run: true });
      return repeat(signal, 1, () => send(`${url}/api/v1/orders/bulk_create/`, body));
    },
  },
  {
    does: 'asks for statistics and the metrics on eight connections',
    prepare: () => (url, signal) =>
      repeat(signal, 4, async () => {
        await Promise.all([ask(`${url}/api/v1/orders/statistics/`), ask(`${url}/metrics`)]);
      }),
  },
  {
    does: 'leaves as soon as it has asked, on 20 connections',
    prepare: () => (url, signal) => repeat(signal, 20, () => ask(`${url}/api/v1/orders/?page_size=100`, {}, 5)),
  },
];

/** Opens connections, sends the beginning on each, then `drip` now and then, and never reads. */
async function hold(url: string, signal: AbortSignal, count: number, beginning: string, drip = ''): Promise<number> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname, () => socket.write(beginning));
    // The server may well end it: that is its right.
    return socket.on('error', () => socket.destroy()).pause();
  });
  const dripping = setInterval(() => {
    for (const socket of sockets) if (drip && socket.writable) socket.write(drip);
  }, SECONDS_PER_BYTE * 1000);
  await once(signal, 'abort');
  clearInterval(dripping);
  for (const socket of sockets) socket.destroy();
  return 0;
}

async function repeat(signal: AbortSignal, clients: number, act: () => Promise<void>): Promise<number> {
  let answers = 0;
  const again = async () => {
    for (; !signal.aborted; answers++) await act();
  };
  await Promise.all(Array.from({ length: clients }, again));
  return answers;
}

/** Asks and reads all of the answer, or leaves after some time. Being refused or cut off is what such a client has to expect. */
async function ask(url: string, headers: Record<string, string> = {}, leaveAfterMs = 10_000): Promise<void> {
  const asking = fetch(url, { headers, signal: AbortSignal.timeout(leaveAfterMs) });
  await asking.then((response) => response.arrayBuffer()).catch(() => undefined);
}

async function send(url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await (await fetch(url, { method: 'POST', headers, body })).arrayBuffer();
}
