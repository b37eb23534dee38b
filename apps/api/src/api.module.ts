import { AuditModule } from '@app/audit';
import { IdentityModule } from '@app/identity';
import { InventoryModule } from '@app/inventory';
import { MessagingModule } from '@app/messaging';
import { OrdersModule } from '@app/orders';
import { type Config, type Logger, PlatformModule } from '@app/platform';
import { ProductsModule } from '@app/products';
import { SimulationRunsModule } from '@app/simulation';
import { ThrottlingModule } from '@app/throttling';
import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { OpenCredentials } from './access/open-credentials';
import { OwnOrders } from './access/own-orders';
import { ApiKeysController } from './accounts/api-keys.controller';
import { AuthController } from './accounts/auth.controller';
import { JwksController } from './accounts/jwks.controller';
import { LoginAndRegistration } from './accounts/login-and-registration';
import { SimpleUsersController } from './accounts/simple-users.controller';
import { UsersController } from './accounts/users.controller';
import { ActorNames } from './audit/actor-names';
import { AuditController } from './audit/audit.controller';
import { AuditTrail } from './audit/audit-trail';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { SimpleMetricsController } from './compatibility/simple-metrics.controller';
import { SimpleOrdersController } from './compatibility/simple-orders.controller';
import { HEALTH_CHECKS } from './health/health-checks';
import { HealthReporter } from './health/health-report';
import { HealthController } from './health/health.controller';
import { KeyedWrites } from './http/keyed-writes';
import { Paging } from './http/paging';
import { SealedReplies } from './http/sealed-replies';
import { InventoryController } from './inventory/inventory.controller';
import { MovementList } from './inventory/movement-list';
import { DeleteOrder } from './orders/delete-order';
import { OrderBatchesController } from './orders/order-batches.controller';
import { OrderHistoryController } from './orders/order-history.controller';
import { OrderStatisticsController } from './orders/order-statistics.controller';
import { OrderStreamController } from './orders/order-stream.controller';
import { OrderStreams } from './orders/order-streams';
import { OrdersController } from './orders/orders.controller';
import { ProductReportsController } from './products/product-reports.controller';
import { ProductsController } from './products/products.controller';
import {
  SimulationOrdersController,
  SimulationProductsController,
  SimulationUsersController,
} from './simulation/entity-rows.controllers';
import { SimulationStreams } from './simulation/simulation-streams';
import { SimulationsController } from './simulation/simulations.controller';

@Module({})
export class ApiModule {
  static for(config: Config, logger: Logger): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.for(config, 'api', logger),
        TerminusModule.forRoot({ errorLogStyle: 'json' }),
        MessagingModule,
        AuditModule,
        IdentityModule,
        ProductsModule,
        InventoryModule,
        OrdersModule,
        ThrottlingModule,
        SimulationRunsModule,
      ],
      controllers: [
        ApiKeysController,
        AuditController,
        AuthController,
        DeadLettersController,
        JwksController,
        SimpleUsersController,
        UsersController,
        OrderStatisticsController,
        OrderBatchesController,
        OrderStreamController,
        OrdersController,
        OrderHistoryController,
        ProductReportsController,
        ProductsController,
        InventoryController,
        SimpleOrdersController,
        SimpleMetricsController,
        SimulationsController,
        SimulationUsersController,
        SimulationProductsController,
        SimulationOrdersController,
        HealthController,
      ],
      providers: [
        ...Object.values(HEALTH_CHECKS),
        ActorNames,
        AuditTrail,
        DeleteOrder,
        HealthReporter,
        KeyedWrites,
        LoginAndRegistration,
        MovementList,
        OrderStreams,
        OpenCredentials,
        OwnOrders,
        Paging,
        SealedReplies,
        SimulationStreams,
      ],
    };
  }
}
