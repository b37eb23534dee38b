import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config } from './load-config';

/** Injection token of {@link Config}. */
export const CONFIG = Symbol('Config');

@Global()
@Module({})
export class ConfigModule {
  static for(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
