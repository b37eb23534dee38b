import { IdentityModule } from '@app/identity';
import { InventoryModule } from '@app/inventory';
import { MessagingModule } from '@app/messaging';
import { OrdersModule } from '@app/orders';
import { type Config, createLogger, nestLogger, PlatformModule, withDataSource } from '@app/platform';
import { ProductsModule } from '@app/products';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** The contexts that commands write through. */
@Module({})
export class CliModule {
  static for(config: Config, logger = createLogger(config, 'cli')): DynamicModule {
    return {
      module: CliModule,
      imports: [
        PlatformModule.for(config, 'cli', logger),
        MessagingModule,
        IdentityModule,
        ProductsModule,
        InventoryModule,
        OrdersModule,
      ],
    };
  }
}

/** Runs a command's work on the contexts and closes them. Only errors are logged: output is for people. */
export async function withContexts<T>(config: Config, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  // Nest would wait ten seconds, without a word, for a database that is not there.
  await withDataSource(config, 'cli', async () => undefined);
  const quiet: Config = { ...config, LOG_LEVEL: 'error' };
  const logger = createLogger(quiet, 'cli');
  const app = await NestFactory.createApplicationContext(CliModule.for(quiet, logger), {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
