// The limit of HTTP: a bare Fastify that validates an order and commits it together with those that arrive meanwhile. It knows no
// stock, no ledger, no history and no errors. A process of its own; its parent tells it port and database in the environment.
import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';
import { Pool } from 'pg';

const BATCH_MAX = 200;
const IN_FLIGHT_MAX = 2;

interface Body {
  customer_name: string;
  customer_email: string;
  shipping_address?: string;
  items: { product_id: number; quantity: number }[];
}
interface Waiting {
  id: string;
  body: Body;
  answer: () => void;
  fail: (error: unknown) => void;
}

const item = {
  type: 'object',
  required: ['product_id', 'quantity'],
  properties: { product_id: { type: 'integer', minimum: 1 }, quantity: { type: 'integer', minimum: 1, maximum: 1000 } },
};
const schema = {
  body: {
    type: 'object',
    required: ['customer_name', 'customer_email', 'items'],
    properties: {
      customer_name: { type: 'string', minLength: 1, maxLength: 200 },
      customer_email: { type: 'string', minLength: 3, maxLength: 254 },
      shipping_address: { type: 'string', maxLength: 1000 },
      items: { type: 'array', minItems: 1, maxItems: 100, items: item },
    },
  },
  response: { 201: { type: 'object', properties: { order_id: { type: 'string' }, status: { type: 'string' } } } },
};

const WRITE = `
  with o as (insert into orders (id, customer_name, customer_email, shipping_address, status, total_minor)
             select id, name, email, address, 'pending', 1
               from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) given (id, name, email, address)),
       l as (insert into lines (order_id, line_no, product_id, sku, name, quantity, unit_minor)
             select order_id, line_no, product_id, 'BENCH-' || product_id, 'Product ' || product_id, quantity, 1000
               from unnest($5::uuid[], $6::smallint[], $7::bigint[], $8::int[]) given (order_id, line_no, product_id, quantity))
  insert into outbox (id, aggregate_id, aggregate_version, type, payload)
  select uuidv7(), id, 1, 'order.placed.v1', jsonb_build_object('order_id', id) from unnest($1::uuid[]) given (id)`;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: IN_FLIGHT_MAX });
const waiting: Waiting[] = [];
let inFlight = 0;

const server = Fastify();
server.post<{ Body: Body }>('/api/v1/orders/', { schema }, async ({ body }, reply) => {
  const id = newId();
  await new Promise<void>((answer, fail) => {
    if (waiting.push({ id, body, answer, fail }) === 1) setImmediate(pump);
  });
  void reply.status(201);
  return { order_id: id, status: 'pending' };
});
server.get('/health/ready', () => ({ ready: true }));
// What a load generator can do at most: the same route without a database.
server.post('/echo', { schema }, async (_request, reply) => {
  void reply.status(201);
  return { order_id: newId(), status: 'pending' };
});
void server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('disconnect', () => process.exit(1));

function pump(): void {
  while (waiting.length > 0 && inFlight < IN_FLIGHT_MAX) {
    const batch = waiting.splice(0, BATCH_MAX);
    inFlight++;
    write(batch)
      .then(
        () => batch.forEach(({ answer }) => answer()),
        (error) => batch.forEach(({ fail }) => fail(error)),
      )
      .finally(() => {
        inFlight--;
        pump();
      });
  }
}

// One statement is a transaction of its own.
async function write(batch: readonly Waiting[]): Promise<void> {
  const lines = batch.flatMap(({ id, body }) => body.items.map((line, index) => ({ id, no: index + 1, ...line })));
  const values = [
    batch.map(({ id }) => id),
    batch.map(({ body }) => body.customer_name),
    batch.map(({ body }) => body.customer_email),
    batch.map(({ body }) => body.shipping_address),
    lines.map(({ id }) => id),
    lines.map(({ no }) => no),
    lines.map(({ product_id }) => product_id),
    lines.map(({ quantity }) => quantity),
  ];
  await pool.query({ name: 'write', text: WRITE, values });
}

/** A UUID of version 7. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomBytes(10);
  random[0] = (random[0]! & 0x0f) | 0x70;
  random[2] = (random[2]! & 0x3f) | 0x80;
  const hex = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}
