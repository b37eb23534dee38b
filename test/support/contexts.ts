import { IdentityModule } from '@app/identity';
import { InventoryModule } from '@app/inventory';
import { MessagingModule } from '@app/messaging';
import { OrdersModule } from '@app/orders';
import { type Config, PlatformModule } from '@app/platform';
import { ProductsModule } from '@app/products';
import { Test, type TestingModule } from '@nestjs/testing';

/** All contexts on a database, without HTTP, queues and clocks: what db-specs exercise. Close it in afterAll. */
export async function contexts(config: Config): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.for(config, 'test'),
      MessagingModule,
      IdentityModule,
      ProductsModule,
      InventoryModule,
      OrdersModule,
    ],
  }).compile();
  return module.init();
}
