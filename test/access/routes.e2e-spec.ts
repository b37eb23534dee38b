import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IdentityModule } from '@app/identity';
import { OrdersModule } from '@app/orders';
import { PlatformModule } from '@app/platform';
import { addAccessCheck } from '../../apps/api/src/access/access-check';
import { OwnOrders } from '../../apps/api/src/access/own-orders';
import { anAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { addDemoData } from '../support/demo-data';

describe('routes', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await testApi();
    await addDemoData(api.app);
  });
  afterAll(async () => {
    await api?.close();
  });

  it('need no credential where everything is open, and honour one that is sent', async () => {
    const viewer = await anAccount(api.app, 'viewer');
    const adjust = (headers: Record<string, string>) =>
      api.post('/api/v1/inventory/1/adjust/', { adjustment_type: 'add', quantity: 1 }, headers);
    expect([(await adjust({})).status, (await adjust(viewer.bearer)).status]).toEqual([200, 403]);
    expect((await adjust({ authorization: 'Bearer x' })).status).toBe(401);
  });

  it('that do not say who may call them do not boot', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get()
      read() {
        return {};
      }
    }
    @Module({
      imports: [PlatformModule.for(api.database.config, 'test'), IdentityModule, OrdersModule],
      controllers: [ForgottenController],
      providers: [OwnOrders],
    })
    class ForgetfulModule {}
    const adapter = new FastifyAdapter();
    const app = await NestFactory.create<NestFastifyApplication>(ForgetfulModule, adapter, {
      logger: false,
      abortOnError: false,
    });
    addAccessCheck(adapter.getInstance(), app, api.database.config);
    await expect(app.init()).rejects.toThrow(/GET \/forgotten does not say who may call it/);
    await app.close();
  });
});
