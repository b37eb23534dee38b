import { requireMigrated } from '@app/platform';
import { type DynamicModule, Module, type ModuleMetadata, type OnModuleInit } from '@nestjs/common';
import { DeadLettersRepository } from './dead-letters/dead-letters.repository';
import { EventFeedRepository } from './feed/event-feed.repository';
import { FindQueuedAggregates } from './jobs/find-queued-aggregates';
import { HandleJob } from './jobs/handle-job';
import { JobReceiver } from './jobs/job-receiver';
import { ResolveDeadLetter } from './dead-letters/resolve-dead-letter';
import { HeartbeatsRepository } from './liveness/heartbeats.repository';
import { CleanUpMessages } from './maintenance/clean-up-messages';
import { Canaries } from './liveness/canaries';
import { QueueFlow } from './liveness/queue-flow';
import { MessagingMetrics } from './liveness/messaging-metrics';
import { OutboxRepository } from './outbox/outbox.repository';
import { QueuePublisher } from './queue/queue-publisher';
import { WatchQueues } from './queue/watch-queues';
import { LineRate } from './relay/line-rate';
import { Relay } from './relay/relay';
import { TicksRepository } from './schedule/ticks.repository';
import { EVENT_CONSUMERS, type EventConsumer } from './subscriptions/event-consumer';
import type { Subscription } from './subscriptions/subscription';
import { type KnownEvents, SubscriptionRegistry } from './subscriptions/subscription-registry';
import { DataSource } from 'typeorm';
import { MESSAGING_MIGRATIONS } from './migrations';

const PUBLIC = [
  ResolveDeadLetter,
  CleanUpMessages,
  OutboxRepository,
  DeadLettersRepository,
  EventFeedRepository,
  HeartbeatsRepository,
  TicksRepository,
];

/** What every process needs of messaging: its tables. Nothing here talks to a queue. */
@Module({ providers: [...PUBLIC, MessagingMetrics], exports: PUBLIC })
export class MessagingModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, MESSAGING_MIGRATIONS);
  }

  /**
   * The process that moves events: relay, queues, and the consumers of the given subscriptions, whose own dependencies come from
   * `imports`. Throws when the subscriptions contradict each other, or leave an event of `published` to nobody.
   */
  static withSubscriptions(
    subscriptions: readonly Subscription[],
    { imports = [], ...events }: KnownEvents & Pick<ModuleMetadata, 'imports'> = {},
  ): DynamicModule {
    const consumers = [...new Set(subscriptions.map(({ consumer }) => consumer))];
    return {
      module: MessagingWithSubscriptions,
      imports: [MessagingModule, ...imports],
      providers: [
        ...consumers,
        {
          provide: EVENT_CONSUMERS,
          inject: consumers,
          useFactory: (...instances: EventConsumer[]) =>
            new Map(consumers.map((consumer, index) => [consumer, instances[index]])),
        },
        // Made here, so that a contradiction ends the boot before anything is opened.
        { provide: SubscriptionRegistry, useValue: new SubscriptionRegistry(subscriptions, events) },
        Canaries,
        FindQueuedAggregates,
        HandleJob,
        LineRate,
        QueueFlow,
        QueuePublisher,
        JobReceiver,
        Relay,
        WatchQueues,
      ],
      exports: [LineRate, MessagingModule, QueueFlow, QueuePublisher, SubscriptionRegistry],
    };
  }
}

/**
 * What moves events needs the tables that every context imports {@link MessagingModule} for. It is a module of its own: with other
 * providers, the same class would be a second instance of that one.
 */
class MessagingWithSubscriptions {}
