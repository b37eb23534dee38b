import type { HostileClient } from './hostile-client';

/** A request that tries to keep everybody else waiting, and how it has to be answered. */
interface HostileBody {
  does: string;
  path: string;
  body: () => string;
  status: number;
  /** Of the first field that is wrong. */
  code: string;
}

const BULK = '/api/v1/orders/bulk_create/';
const ORDER = '/api/v1/orders/';
const bulk = (orders: string) => `{"orders":[${orders}]}`;
const many = (text: string, count: number) => Array(count).fill(text).join(',');
const members = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',');
const LINE = '{"product_id":0,"quantity":0}';

const BODIES: readonly HostileBody[] = [
  {
    does: 'sends 4.8 million empty orders',
    path: BULK,
    body: () => bulk(many('{}', 4_800_000)),
    status: 400,
    code: 'too_big',
  },
  {
    does: 'sends 8 million numbers as orders',
    path: BULK,
    body: () => bulk(many('1', 8_000_000)),
    status: 400,
    code: 'too_big',
  },
  {
    does: 'sends 4 million items in one order',
    path: BULK,
    body: () => bulk(`{"items":[${many('{}', 4_000_000)}]}`),
    status: 400,
    code: 'too_many_values',
  },
  {
    does: 'sends a million keys in one order',
    path: BULK,
    body: () => bulk(`{${members(1_000_000)}}`),
    status: 400,
    code: 'too_many_values',
  },
  {
    does: 'sends a million members around the orders',
    path: BULK,
    body: () => `{"orders":[],${members(1_000_000)}}`,
    status: 400,
    code: 'too_big',
  },
  {
    does: 'sends a text of 15 MiB in one order',
    path: BULK,
    body: () => bulk(`{"notes":"${'x'.repeat(15_000_000)}"}`),
    status: 400,
    code: 'too_big',
  },
  {
    does: 'sends 15 MiB of blanks',
    path: BULK,
    body: () => `{${' '.repeat(15_000_000)}`,
    status: 400,
    code: 'too_big',
  },
  {
    does: 'sends 15 MiB of opening brackets',
    path: BULK,
    body: () => bulk('['.repeat(15_000_000)),
    status: 400,
    code: 'too_deep',
  },
  {
    does: 'sends 50,000 orders of which every one is wrong',
    path: BULK,
    body: () => bulk(many('{}', 50_000)),
    status: 400,
    code: 'invalid_type',
  },
  {
    does: 'sends 4,000 orders that are wrong in every line',
    path: BULK,
    body: () => bulk(many(`{"items":[${many(LINE, 100)}]}`, 4_000)),
    status: 400,
    code: 'invalid_type',
  },
  {
    does: 'sends a megabyte of opening brackets to place one order',
    path: ORDER,
    body: () => '['.repeat(1_000_000),
    status: 400,
    code: 'too_deep',
  },
  {
    does: 'sends a megabyte of empty lists to place one order',
    path: ORDER,
    body: () => `[${many('[]', 330_000)}]`,
    status: 400,
    code: 'too_many_values',
  },
  {
    does: 'sends a megabyte of keys to place one order',
    path: ORDER,
    body: () => `{${members(80_000)}}`,
    status: 400,
    code: 'too_many_values',
  },
  {
    does: 'sends half a million item ids',
    path: '/api/orders/',
    body: () => `{"item_ids":[${many('1', 500_000)}]}`,
    status: 400,
    code: 'too_many_values',
  },
  {
    does: 'sends a megabyte of values to add a product',
    path: '/api/v1/products/',
    body: () => `{"name":[${many('{}', 300_000)}]}`,
    status: 400,
    code: 'too_many_values',
  },
];

export const HOSTILE_BODIES: readonly HostileClient[] = BODIES.map(({ does, path, body, status, code }) => ({
  does,
  prepare: () => {
    const bytes = Buffer.from(body());
    return async (url, signal) => {
      let answers = 0;
      do {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: bytes });
        const answer = await response.text();
        if (response.status !== status || !answer.includes(`"${code}"`))
          throw new Error(`Not ${status} with ${code}, but ${response.status}: ${answer.slice(0, 500)}`);
        answers++;
      } while (!signal.aborted);
      return answers;
    };
  },
}));
