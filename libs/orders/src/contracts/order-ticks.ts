import { defineTick } from '@app/messaging';

/** Time to look for orders that stopped moving. */
export const SweepStaleOrdersDue = defineTick('sweep_stale_orders');
/** Time to look for orders whose jobs the queue lost. */
export const ResumeLostOrdersDue = defineTick('resume_lost_orders');
/** Time to look for order batches that do not get any further. */
export const SweepStaleBatchesDue = defineTick('sweep_stale_batches');
/** Time to remove idempotency keys that have served. */
export const CleanUpIdempotencyKeysDue = defineTick('clean_up_idempotency_keys');
/** Time to rewrite words of the search that are of an earlier kind. */
export const RewriteSearchWordsDue = defineTick('rewrite_search_words');
/** Time to fold the statistics' deltas into their totals. */
export const FoldOrderStatisticsDue = defineTick('fold_order_statistics');
