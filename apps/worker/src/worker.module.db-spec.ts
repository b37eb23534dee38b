import { SubscriptionRegistry } from '@app/messaging';
import { createLogger } from '@app/platform';
import { ModulesContainer } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { PUBLISHED, subscriptionsOf, UNCONSUMED } from './subscriptions';
import { WorkerModule } from './worker.module';

describe('the worker', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });

  const worker = (subscriptions = subscriptionsOf(database.config)) =>
    WorkerModule.for(database.config, createLogger(database.config, 'test'), subscriptions);

  it('knows every event that is published: it acts on it, or it is said that nobody does', async () => {
    const app = await Test.createTestingModule({ imports: [worker()] }).compile();
    const known = [...app.get(SubscriptionRegistry, { strict: false }).types].sort();
    expect(known).toEqual(PUBLISHED.map(({ type }) => type).sort());
    expect(known.length).toBeGreaterThan(20);
    await app.close();
  });

  it('has each module, and each of its providers, once: what messaging has to check at boot is checked once', async () => {
    const app = await Test.createTestingModule({ imports: [worker()] }).compile();
    const modules = [...app.get(ModulesContainer).values()];
    // Each context has one of these, for its own entities.
    const names = modules.map(({ metatype }) => metatype.name).filter((name) => name !== 'TypeOrmModule');
    expect(names).toContain('MessagingModule');
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const classes = modules.flatMap(({ providers }) =>
      [...providers.values()].flatMap(({ token, metatype }) => (token === metatype ? [metatype] : [])),
    );
    // What Nest gives to every module of an application.
    const ofNest = new Set(['ModuleRef', 'ApplicationConfig', 'TypeOrmModule', ...names]);
    const own = classes.map((each) => each!.name).filter((name) => !ofNest.has(name));
    expect(own.filter((name, index) => own.indexOf(name) !== index)).toEqual([]);
    await app.close();
  });

  it.each(UNCONSUMED.map(({ type }) => type))('is told that nobody acts on %s', (type) => {
    expect(new SubscriptionRegistry(subscriptionsOf(database.config)).of(type)).toEqual([]);
  });

  it('does not boot while an event is nobody’s', () => {
    const [, ...others] = subscriptionsOf(database.config);
    expect(() => worker(others)).toThrow('order.placed.v1 has no subscription, and is not said to have none.');
  });
});
