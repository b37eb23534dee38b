export { clearMessages } from './clear-messages';
export {
  type DeadLetter,
  type DeadLetterQuery,
  DeadLettersRepository,
  type KeptDeadLetter,
} from './dead-letters/dead-letters.repository';
export { DeadLetterNotFoundError, DeadLetterResolvedError, DeadLetterUnreadableError } from './dead-letters/errors';
export {
  DEAD_LETTER_STATES,
  DEAD_LETTER_TRANSITIONS,
  DeadLetterState,
  deadLetterState,
  type Resolution,
  RESOLUTIONS,
} from './dead-letters/dead-letter-state';
export { ResolveDeadLetter } from './dead-letters/resolve-dead-letter';
export { FindQueuedAggregates } from './jobs/find-queued-aggregates';
export { HandleJob } from './jobs/handle-job';
export { JOB_ATTEMPTS_MAX } from './jobs/retry-policy';
export { EventFeed } from './feed/event-feed';
export { EventFeedRepository, type FeedGap, type FeedPage } from './feed/event-feed.repository';
export { type FeedCursor, formatFeedCursor, parseFeedCursor } from './feed/feed-cursor';
export { FellBehindError, type FeedBatch, type FeedReader } from './feed/feed-reader';
export { QueueFlow } from './liveness/queue-flow';
export { QueueHealth } from './liveness/queue-health';
export { QueueLost } from './liveness/watch-queues';
export { MESSAGING_INVARIANTS } from './invariants';
export { type Heartbeat, type HeartbeatDetails, HeartbeatsRepository } from './liveness/heartbeats.repository';
export { HEARTBEAT_FRESH_SECONDS, HeartbeatSender } from './liveness/heartbeat-sender';
export { CleanUpMessages } from './maintenance/clean-up-messages';
export { MESSAGING_OF_ONE_DATABASE, restartMessaging } from './restart-messaging';
export { MessagingModule } from './messaging.module';
export { MESSAGING_MIGRATIONS } from './migrations';
export { defineEvent, eventsIn, type EventEnvelope, type EventType } from './outbox/event';
export { appendToOutbox, type NewEvent, publish } from './outbox/outbox';
export {
  hasUnclaimedEvent,
  hasUnpublishedEvent,
  wasQueuedWithin,
  type OutboxBacklog,
  OutboxRepository,
} from './outbox/outbox.repository';
export { QUEUES, type QueueName } from './queues';
export { BeginRate } from './relay/begin-rate';
export { Relay } from './relay/relay';
export { defineTick, recordTick, type TickPayload } from './schedule/record-tick';
export { CleanUpMessagesDue } from './schedule/ticks';
export { TicksRepository } from './schedule/ticks.repository';
export type { EventConsumer, EventConsumers } from './subscriptions/event-consumer';
export { type Backoff, type QueueRank, type Subscription } from './subscriptions/subscription';
export { type KnownEvents, SubscriptionRegistry } from './subscriptions/subscription-registry';
export { migrateQueues } from './transports/bullmq/bullmq-connection';
export { BullmqTransport } from './transports/bullmq/bullmq-transport';
export { type Job, type QueueDepth, type ReceivedJob, type Transport } from './transports/transport';
