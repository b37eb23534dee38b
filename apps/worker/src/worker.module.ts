import { AuditModule } from '@app/audit';
import { IdentityModule } from '@app/identity';
import { InventoryModule } from '@app/inventory';
import { MessagingModule, type Subscription } from '@app/messaging';
import { OrdersModule } from '@app/orders';
import { type Config, type Logger, PlatformModule } from '@app/platform';
import { SimulationRunsModule } from '@app/simulation';
import { type DynamicModule, Module } from '@nestjs/common';
import { PUBLISHED, subscriptionsOf, UNCONSUMED } from './subscriptions';
import { WorkerHeartbeat } from './worker-heartbeat';

@Module({})
export class WorkerModule {
  static for(
    config: Config,
    logger: Logger,
    subscriptions: readonly Subscription[] = subscriptionsOf(config),
  ): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.for(config, 'worker', logger),
        MessagingModule.withSubscriptions(subscriptions, {
          imports: [OrdersModule, InventoryModule, AuditModule, IdentityModule, SimulationRunsModule],
          unconsumed: UNCONSUMED,
          published: PUBLISHED,
        }),
      ],
      providers: [WorkerHeartbeat],
    };
  }
}
