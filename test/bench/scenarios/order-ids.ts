import { withClient } from '../lab/database';

/** Orders of any age, at random. */
export function someOrderIds(databaseUrl: string, count: number): Promise<string[]> {
  return ids(
    databaseUrl,
    `select found.id from generate_series(1, $1) n,
            lateral (select id from orders.orders
                      where created_at >= now() - (random() * interval '3 years' + n * interval '0 seconds')
                      order by created_at limit 1) found`,
    count,
  );
}

/** The newest orders that can be cancelled. */
export function pendingOrderIds(databaseUrl: string, count: number): Promise<string[]> {
  return ids(
    databaseUrl,
    `select id from orders.orders where status = 'pending' order by created_at desc, id desc limit $1`,
    count,
  );
}

function ids(databaseUrl: string, sql: string, count: number): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(sql, [count]);
    return rows.map(({ id }) => id);
  });
}
