import { clearStock } from '@app/inventory';
import { clearMessages, HEARTBEAT_FRESH_SECONDS, HeartbeatsRepository } from '@app/messaging';
import { clearOrders } from '@app/orders';
import { Transactions } from '@app/platform';
import { clearProducts } from '@app/products';
import type { INestApplicationContext } from '@nestjs/common';

/** Removes everything that was sold, everything to sell and all traces of both, in one transaction. */
export async function clearDemoData(app: INestApplicationContext): Promise<void> {
  await app.get(Transactions).run(async (tx) => {
    await clearOrders(tx);
    await clearStock(tx);
    await clearProducts(tx);
    await clearMessages(tx);
  });
}

/** How many workers are alive: they may still have jobs of orders that are being removed. */
export async function countLiveWorkers(app: INestApplicationContext): Promise<number> {
  const heartbeats = await app.get(HeartbeatsRepository).list();
  return heartbeats.filter(({ process, ageSeconds }) => process === 'worker' && ageSeconds < HEARTBEAT_FRESH_SECONDS)
    .length;
}
