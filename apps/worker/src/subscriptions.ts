import * as audit from '@app/audit';
import * as identity from '@app/identity';
import * as inventory from '@app/inventory';
import * as messaging from '@app/messaging';
import * as orders from '@app/orders';
import type { Config } from '@app/platform';
import * as simulation from '@app/simulation';
import { CleanUpHistoryConsumer } from './maintenance/clean-up-history.consumer';
import { CleanUpIdempotencyKeysConsumer } from './maintenance/clean-up-idempotency-keys.consumer';
import { CleanUpMessagesConsumer } from './maintenance/clean-up-messages.consumer';
import { CleanUpSecurityEventsConsumer } from './maintenance/clean-up-security-events.consumer';
import { CompareStockConsumer } from './maintenance/compare-stock.consumer';
import { FoldOrderStatisticsConsumer } from './orders/fold-order-statistics.consumer';
import { PlaceOrderBatchConsumer } from './orders/place-order-batch.consumer';
import { ResumeLostOrdersConsumer } from './orders/resume-lost-orders.consumer';
import { ResumeOrdersConsumer } from './orders/resume-orders.consumer';
import { RewriteSearchWordsConsumer } from './orders/rewrite-search-words.consumer';
import { runStageSubscription } from './orders/run-stage.subscription';
import { SweepStaleBatchesConsumer } from './orders/sweep-stale-batches.consumer';
import { SweepStaleOrdersConsumer } from './orders/sweep-stale-orders.consumer';
import { CarryOutSimulationConsumer } from './simulation/carry-out-simulation.consumer';
import { SweepStaleSimulationsConsumer } from './simulation/sweep-stale-simulations.consumer';

/**
 * Who acts on which event, and how. A new subscription is appended at the end; it is named after its consumer's file. The names of
 * those that are here stay: jobs and dead letters carry them.
 */
export function subscriptionsOf(config: Config): messaging.Subscription[] {
  return [
    runStageSubscription(config),
    {
      name: 'place-order-batch',
      events: [orders.OrderBatchAccepted, orders.OrderBatchRequeued],
      consumer: PlaceOrderBatchConsumer,
      // Not behind the stages of orders that were placed before, and the sweeps not behind it.
      queue: 'bulk',
    },
    maintenance('resume-orders', messaging.QueueLost, ResumeOrdersConsumer),
    maintenance('resume-lost-orders', orders.ResumeLostOrdersDue, ResumeLostOrdersConsumer),
    maintenance('sweep-stale-orders', orders.SweepStaleOrdersDue, SweepStaleOrdersConsumer),
    maintenance('sweep-stale-batches', orders.SweepStaleBatchesDue, SweepStaleBatchesConsumer),
    maintenance('fold-order-statistics', orders.FoldOrderStatisticsDue, FoldOrderStatisticsConsumer),
    maintenance('rewrite-search-words', orders.RewriteSearchWordsDue, RewriteSearchWordsConsumer),
    maintenance('compare-stock', inventory.CompareStockDue, CompareStockConsumer),
    maintenance('clean-up-messages', messaging.CleanUpMessagesDue, CleanUpMessagesConsumer),
    maintenance('clean-up-idempotency-keys', orders.CleanUpIdempotencyKeysDue, CleanUpIdempotencyKeysConsumer),
    maintenance('clean-up-history', audit.CleanUpHistoryDue, CleanUpHistoryConsumer),
    maintenance('clean-up-security-events', identity.CleanUpSecurityEventsDue, CleanUpSecurityEventsConsumer),
    {
      name: 'carry-out-simulation',
      events: [simulation.SimulationRunQueued],
      consumer: CarryOutSimulationConsumer,
      // The job begins the simulation and ends: nothing waits for it.
      queue: 'bulk',
    },
    maintenance('sweep-stale-simulations', simulation.SweepStaleRunsDue, SweepStaleSimulationsConsumer),
  ];
}

/** What nobody here acts on; streams show it. An event that is neither here nor in a subscription ends the boot. */
export const UNCONSUMED = [orders.OrderDelivered, orders.OrderCancelled, orders.OrderFailed];

/** Every event that a context declares. */
export const PUBLISHED = messaging.eventsIn(audit, identity, inventory, messaging, orders, simulation);

function maintenance<Payload>(
  name: string,
  event: messaging.EventType<Payload>,
  consumer: messaging.Subscription<Payload>['consumer'],
): messaging.Subscription {
  return { name, events: [event], consumer, queue: 'maintenance' };
}
