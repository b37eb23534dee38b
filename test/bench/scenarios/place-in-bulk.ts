import { type ProductOptions, startProduct } from '../lab/product';
import { REQUESTS } from '../load/requests';

const BULK_ORDERS = 1000;

/** Places this many orders, rounded up to thousands, over HTTP, a thousand in a request, with an api that runs only meanwhile. */
export async function placeInBulk(
  { databaseUrl, redisUrl }: ProductOptions,
  orders: number,
  priority?: 'high',
): Promise<void> {
  const api = await startProduct('api', { databaseUrl, redisUrl });
  const next = REQUESTS.bulk({ run: 'waiting', orderIds: [] });
  try {
    for (let placed = 0; placed < orders; placed += BULK_ORDERS) {
      const body = next().split('\r\n\r\n')[1]!;
      const answer = await fetch(`http://127.0.0.1:${api.port}/api/v1/orders/bulk_create/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: priority ? body.replaceAll('{"customer_name"', `{"priority":"${priority}","customer_name"`) : body,
      });
      if (answer.status !== 201) throw new Error(`Orders were not placed: ${await answer.text()}`);
      await answer.body?.cancel();
    }
  } finally {
    await api.stop();
  }
}
