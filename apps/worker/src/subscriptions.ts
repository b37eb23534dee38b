import * as audit from '@app/audit';
import * as inventory from '@app/inventory';
import * as messaging from '@app/messaging';
import * as orders from '@app/orders';
import type { Config } from '@app/platform';
import { CleanUpHistoryProcessor } from './maintenance/clean-up-history.processor';
import { CleanUpIdempotencyKeysProcessor } from './maintenance/clean-up-idempotency-keys.processor';
import { CleanUpMessagesProcessor } from './maintenance/clean-up-messages.processor';
import { CompareStockProcessor } from './maintenance/compare-stock.processor';
import { FoldOrderStatisticsProcessor } from './orders/fold-order-statistics.processor';
import { PlaceOrderBatchProcessor } from './orders/place-order-batch.processor';
import { ResumeLostOrdersProcessor } from './orders/resume-lost-orders.processor';
import { ResumeOrdersProcessor } from './orders/resume-orders.processor';
import { RewriteSearchWordsProcessor } from './orders/rewrite-search-words.processor';
import { runStageSubscription } from './orders/run-stage.subscription';
import { SweepStaleBatchesProcessor } from './orders/sweep-stale-batches.processor';
import { SweepStaleOrdersProcessor } from './orders/sweep-stale-orders.processor';

/**
 * Who acts on which event, and how. A new subscription is appended at the end; it is named after its processor's file. The names of
 * those that are here stay: jobs and dead letters carry them.
 */
export function subscriptionsOf(config: Config): messaging.Subscription[] {
  return [
    runStageSubscription(config),
    {
      name: 'place-order-batch',
      events: [orders.OrderBatchAccepted, orders.OrderBatchRequeued],
      consumer: PlaceOrderBatchProcessor,
      // Not behind the stages of orders that were placed before, and the sweeps not behind it.
      queue: 'bulk',
    },
    maintenance('resume-orders', messaging.QueueLost, ResumeOrdersProcessor),
    maintenance('resume-lost-orders', orders.ResumeLostOrdersDue, ResumeLostOrdersProcessor),
    maintenance('sweep-stale-orders', orders.SweepStaleOrdersDue, SweepStaleOrdersProcessor),
    maintenance('sweep-stale-batches', orders.SweepStaleBatchesDue, SweepStaleBatchesProcessor),
    maintenance('fold-order-statistics', orders.FoldOrderStatisticsDue, FoldOrderStatisticsProcessor),
    maintenance('rewrite-search-words', orders.RewriteSearchWordsDue, RewriteSearchWordsProcessor),
    maintenance('compare-stock', inventory.CompareStockDue, CompareStockProcessor),
    maintenance('clean-up-messages', messaging.CleanUpMessagesDue, CleanUpMessagesProcessor),
    maintenance('clean-up-idempotency-keys', orders.CleanUpIdempotencyKeysDue, CleanUpIdempotencyKeysProcessor),
    maintenance('clean-up-history', audit.CleanUpHistoryDue, CleanUpHistoryProcessor),
  ];
}

/** What nobody here acts on; streams show it. An event that is neither here nor in a subscription ends the boot. */
export const UNCONSUMED = [orders.OrderDelivered, orders.OrderCancelled, orders.OrderFailed];

/** Every event that a context declares. */
export const PUBLISHED = messaging.eventsIn(audit, inventory, messaging, orders);

function maintenance<Payload>(
  name: string,
  event: messaging.EventType<Payload>,
  consumer: messaging.Subscription<Payload>['consumer'],
): messaging.Subscription {
  return { name, events: [event], consumer, queue: 'maintenance' };
}
