import { CONFIG, type Config, LOGGER, type Logger, requireMigrated } from '@app/platform';
import {
  type DynamicModule,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
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
import { QueueHealth } from './liveness/queue-health';
import { WatchQueues } from './liveness/watch-queues';
import { OutboxRepository } from './outbox/outbox.repository';
import { BeginRate } from './relay/begin-rate';
import { Relay } from './relay/relay';
import { TicksRepository } from './schedule/ticks.repository';
import { EVENT_CONSUMERS, type EventConsumer } from './subscriptions/event-consumer';
import type { Subscription } from './subscriptions/subscription';
import { type KnownEvents, SubscriptionRegistry } from './subscriptions/subscription-registry';
import { BullmqTransport } from './transports/bullmq/bullmq-transport';
import { type Transport, TRANSPORT } from './transports/transport';
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
    { imports = [], transport = bullmq, ...events }: SubscriptionOptions = {},
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
        { provide: TRANSPORT, inject: [CONFIG, LOGGER], useFactory: transport },
        Canaries,
        FindQueuedAggregates,
        HandleJob,
        JobReceiver,
        BeginRate,
        QueueFlow,
        QueueHealth,
        Relay,
        WatchQueues,
      ],
      exports: [BeginRate, MessagingModule, QueueFlow, QueueHealth, SubscriptionRegistry],
    };
  }
}

interface SubscriptionOptions extends KnownEvents, Pick<ModuleMetadata, 'imports'> {
  /** What carries the jobs; BullMQ by default. */
  transport?: (config: Config, logger: Logger) => Transport;
}

/**
 * What moves events needs the tables that every context imports {@link MessagingModule} for. It is a module of its own: with other
 * providers, the same class would be a second instance of that one.
 */
class MessagingWithSubscriptions implements OnApplicationShutdown {
  constructor(@Inject(TRANSPORT) private readonly transport: Transport) {}

  /** After those that publish and receive, which end before this. */
  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
  }
}

function bullmq(config: Config, logger: Logger): Transport {
  return new BullmqTransport(config, logger);
}
