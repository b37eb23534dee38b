import { gzipSync } from 'node:zlib';

/** Written as JSON already, because JSON.stringify cannot write all of it. */
export const BAD_JSON_VALUES: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e309',
  '-1e309',
  '2147483648',
  '9007199254740992',
  '9007199254740993',
  '-0',
  '1e-400',
  '""',
  '" "',
  '"1"',
  '"NaN"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u202e"',
  '"%00"',
  `"'; drop table orders.orders; --"`,
  '"{{7*7}}${7*7}<script>"',
  JSON.stringify('x'.repeat(100_000)),
  JSON.stringify('𝒳'.repeat(5001)),
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"$gt":""}',
  '{"toString":"x"}',
  '{"__proto__":{"admin":true}}',
  `${'['.repeat(1000)}${']'.repeat(1000)}`,
];

interface BadBody {
  what: string;
  body: string | Buffer;
  contentType?: string | null;
  headers?: Record<string, string>;
}

/** Bodies that no operation takes; `good` is one that it would. */
export function badBodies(good: string): BadBody[] {
  const inner = good.slice(1, -1);
  return [
    { what: 'nothing', body: '' },
    { what: 'a cut-off body', body: good.slice(0, -1) },
    { what: 'more after the end', body: `${good}}` },
    { what: 'null', body: 'null' },
    { what: 'an array', body: `[${good}]` },
    { what: 'a text', body: JSON.stringify(good) },
    { what: 'a number', body: '1' },
    { what: 'an unknown field', body: `{${inner}${inner && ','}"nonsense":1}` },
    { what: 'a field that is the empty text', body: `{${inner}${inner && ','}"":1}` },
    { what: '__proto__', body: `{${inner}${inner && ','}"__proto__":{"admin":true}}` },
    { what: 'a field that comes twice', body: `{"nonsense":1,"nonsense":1}` },
    { what: 'constructor', body: `{${inner}${inner && ','}"constructor":{"prototype":{"admin":true}}}` },
    { what: '10,000 levels', body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` },
    { what: '10,000 levels in a field', body: `{"nonsense":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}` },
    { what: 'more than 1 MiB', body: `{${inner}${inner && ','}"notes":"${'x'.repeat(1_100_000)}"}` },
    {
      what: 'bytes that are not UTF-8',
      body: Buffer.concat([Buffer.from('{"notes":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x22, 0x7d])]),
    },
    { what: 'XML', body: '<order/>', contentType: 'application/xml' },
    { what: 'a text by its type', body: good, contentType: 'text/plain' },
    { what: 'a form', body: 'a=b', contentType: 'application/x-www-form-urlencoded' },
    { what: 'a form of parts', body: '--x--', contentType: 'multipart/form-data; boundary=x' },
    { what: 'no type that exists', body: good, contentType: 'nonsense' },
    { what: 'gzip', body: gzipSync(Buffer.alloc(10_000_000, 0x20)), headers: { 'content-encoding': 'gzip' } },
  ];
}

/** As they stand in a URL. */
export const BAD_PATH_SEGMENTS: readonly string[] = [
  '0',
  '-1',
  '1.5',
  '1e3',
  '01',
  'NaN',
  'undefined',
  '99999999999999999999',
  '9007199254740993',
  '00000000-0000-0000-0000-00000000000g',
  '%00',
  'a%00b',
  '%2e%2e',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%2f..',
  '%ED%A0%80',
  '%ff',
  '%',
  '%zz',
  "1'%20or%20'1'='1",
  '1;drop%20table%20orders.orders',
  '%F0%9D%92%B3',
  'x'.repeat(99),
  'x'.repeat(3000),
];

export const BAD_QUERY_VALUES: readonly string[] = [
  '',
  '%20',
  '0',
  '-1',
  '1.5',
  '1e309',
  'NaN',
  '99999999999999999999',
  'null',
  'true',
  'nonsense',
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%ff',
  '%',
  '%zz',
  'a%25b_c%5C',
  "'%20or%20'1'='1",
  "');drop%20table%20orders.orders;--",
  'created_at%20desc%2Cid',
  '%F0%9D%92%B3',
  '275760-09-14',
  '2026-02-30',
  '0000-00-00',
  '2026-11-20T25:00:00Z',
  '%2B010000-01-01T00:00:00Z',
  'x'.repeat(3000),
];

/** Queries that no operation with parameters takes. */
export const BAD_QUERIES: readonly string[] = [
  'nonsense=1',
  'status[]=pending',
  'page_size=1&page_size=2',
  'page_size[$gt]=1',
  'cursor=a&cursor=b',
];

export const BAD_HEADER_VALUES: readonly string[] = ['', ' ', 'a b', 'é', 'x'.repeat(256), '"', 'W/"1', '"1" "2"', '1'];
