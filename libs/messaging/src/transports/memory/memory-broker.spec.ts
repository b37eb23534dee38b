import { QueueUnavailableError } from '../errors';
import { MemoryBroker } from './memory-broker';
import { MemoryTransport } from './memory-transport';

const QUEUE = 'fulfillment';
const aJob = (id: string, given = {}) => ({ id, name: 'test', data: {}, delayMs: 0, priority: 1, ...given });

describe('queues in memory', () => {
  let time: number;
  let broker: MemoryBroker;
  const taken = () => broker.take(broker.next(QUEUE)!);
  const ids = () => broker.held().map(({ id }) => id);

  beforeEach(() => {
    time = 0;
    broker = new MemoryBroker({ now: () => time, jobsMax: 3 });
  });

  it('have a job come up when the clock says so, and by nothing else', () => {
    broker.add(QUEUE, aJob('late', { delayMs: 100 }));
    expect([broker.next(QUEUE), broker.nextDueInMs(QUEUE)]).toEqual([undefined, 100]);
    time = 99;
    expect([broker.next(QUEUE), broker.nextDueInMs(QUEUE)]).toEqual([undefined, 1]);
    time = 100;
    expect([broker.next(QUEUE)?.id, broker.nextDueInMs(QUEUE)]).toEqual(['late', undefined]);
  });

  it('hand out a job that comes up while somebody looks for it', async () => {
    broker = new MemoryBroker({ now: () => time++ });
    broker.add(QUEUE, aJob('late', { delayMs: 2 }));
    const handed = new Promise((resolve) =>
      new MemoryTransport(broker).receive(QUEUE, async ({ id }) => resolve(id), { concurrency: 1, backoffMs: () => 0 }),
    );
    expect(await handed).toBe('late');
  });

  it('refuse a job more than they can hold, and take one when one is done', () => {
    for (const id of ['a', 'b', 'c']) broker.add(QUEUE, aJob(id));
    const running = taken();
    expect(() => broker.add(QUEUE, aJob('d'))).toThrow(QueueUnavailableError);
    broker.add(QUEUE, aJob('c'));
    broker.finish(running);
    broker.add(QUEUE, aJob('d'));
    expect(ids()).toEqual(['b', 'c', 'd']);
  });

  it('put a job that failed or was given back behind its equals', () => {
    for (const id of ['a', 'b', 'c']) broker.add(QUEUE, aJob(id));
    broker.fail(taken(), 0);
    broker.giveBack(taken());
    expect(broker.held()).toMatchObject([
      { id: 'c', starts: 0, failures: 0 },
      { id: 'a', starts: 1, failures: 1 },
      { id: 'b', starts: 1, failures: 0 },
    ]);
  });

  it('take no word from somebody whose job is another one’s by now, or was lost', () => {
    broker.add(QUEUE, aJob('a'));
    const former = taken();
    broker.giveBack(former);
    const current = taken();
    broker.finish(former);
    broker.fail(former, 0);
    expect(broker.active()).toEqual([current]);
    expect(ids()).toEqual([]);
    broker.loseEverything();
    broker.giveBack(current);
    expect([ids(), broker.active()]).toEqual([[], []]);
  });
});
