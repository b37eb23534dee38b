import { requireMigrated } from '@app/platform';
import { type DynamicModule, Module, type ModuleMetadata, type OnModuleInit, type Type } from '@nestjs/common';
import { ConsumerRegistry } from './consumers/consumer-registry';
import { DeadLettersRepository } from './dead-letters/dead-letters.repository';
import { EventFeedRepository } from './feed/event-feed.repository';
import { EVENT_CONSUMERS, type EventConsumer, UNCONSUMED_EVENTS } from './consumers/event-consumer';
import type { EventType } from './outbox/event';
import { HandleJob } from './consumers/handle-job';
import { QueueWorkers } from './consumers/queue-workers';
import { ResolveDeadLetter } from './dead-letters/resolve-dead-letter';
import { HeartbeatsRepository } from './liveness/heartbeats.repository';
import { CleanUpMessages } from './maintenance/clean-up-messages';
import { Canaries } from './liveness/canaries';
import { QueueFlow } from './liveness/queue-flow';
import { MessagingMetrics } from './liveness/messaging-metrics';
import { LineRate } from './relay/line-rate';
import { OutboxRepository } from './outbox/outbox.repository';
import { Relay } from './relay/relay';
import { QueuePublisher } from './queue/queue-publisher';
import { WatchQueues } from './queue/watch-queues';
import { TicksRepository } from './schedule/ticks.repository';
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
   * The process that moves events: relay, queues and the given consumers, whose own dependencies come from `imports`. `unconsumed`
   * are those that are published for readers of the feed only.
   */
  static withConsumers(
    consumers: Type<EventConsumer>[],
    imports: ModuleMetadata['imports'] = [],
    unconsumed: readonly EventType[] = [],
  ): DynamicModule {
    return {
      module: MessagingModule,
      imports,
      providers: [
        ...consumers,
        { provide: EVENT_CONSUMERS, inject: consumers, useFactory: (...instances: EventConsumer[]) => instances },
        { provide: UNCONSUMED_EVENTS, useValue: unconsumed },
        Canaries,
        ConsumerRegistry,
        HandleJob,
        LineRate,
        QueueFlow,
        QueuePublisher,
        QueueWorkers,
        Relay,
        WatchQueues,
      ],
      exports: [LineRate, QueueFlow, QueuePublisher],
    };
  }
}
