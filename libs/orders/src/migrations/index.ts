import type { ContextMigrations } from '@app/platform';
import { Orders1763600000000 } from './1763600000000-orders';
import { OrderStatistics1763600100000 } from './1763600100000-order-statistics';
import { OrderSearch1763600200000 } from './1763600200000-order-search';
import { OrderBatches1763600300000 } from './1763600300000-order-batches';
import { FewerIndexWrites1763700000000 } from './1763700000000-fewer-index-writes';
import { SearchByPrefix1763800000000 } from './1763800000000-search-by-prefix';
import { CustomersBySearch1763900000000 } from './1763900000000-customers-by-search';
import { SearchCounts1764000000000 } from './1764000000000-search-counts';
import { KeysOfEveryWrite1764170000000 } from './1764170000000-keys-of-every-write';
import { SearchByParts1764220300000 } from './1764220300000-search-by-parts';
import { NoRequeuedAt1764250200000 } from './1764250200000-no-requeued-at';
import { OrdersByUser1764430100000 } from './1764430100000-orders-by-user';
import { OrdersByActor1764440100000 } from './1764440100000-orders-by-actor';

export const ORDERS_MIGRATIONS: ContextMigrations = {
  context: 'orders',
  migrations: [
    Orders1763600000000,
    OrderStatistics1763600100000,
    OrderSearch1763600200000,
    OrderBatches1763600300000,
    FewerIndexWrites1763700000000,
    SearchByPrefix1763800000000,
    CustomersBySearch1763900000000,
    SearchCounts1764000000000,
    KeysOfEveryWrite1764170000000,
    SearchByParts1764220300000,
    NoRequeuedAt1764250200000,
    OrdersByUser1764430100000,
    OrdersByActor1764440100000,
  ],
};
