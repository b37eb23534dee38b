import { type Config, type Logger, UnavailableError } from '@app/platform';
import { QueueUnavailableError } from '../errors';
import { isQueueAway, ServerTrouble } from './server-trouble';

describe('a queue server that is away', () => {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const logger = { debug: () => undefined, warn: say, info: say } as unknown as Logger;
  const trouble = () => new ServerTrouble({ REDIS_URL: 'redis://user:secret@cache.example:6390/2' } as Config, logger);
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  beforeEach(() => void (lines.length = 0));

  it('is reported in one sentence with its address, without its password, and again after a minute', () => {
    const said = trouble();
    for (let attempt = 0; attempt < 100; attempt++) said.away(refused, attempt * 599);
    expect(lines).toEqual([
      'queue.unreachable: Redis at cache.example:6390 does not answer (ECONNREFUSED). Orders are taken, and go on when it is back.',
    ]);
    said.away(refused, 60_000);
    expect(lines).toHaveLength(2);
  });

  it('is reported as back once, and anew when it goes away again', () => {
    const said = trouble();
    said.over();
    expect(lines).toEqual([]);
    said.away(refused, 0);
    said.over();
    said.over();
    said.away(refused, 1);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'queue.unreachable',
      'queue.reachable',
      'queue.unreachable',
    ]);
  });

  it.each([
    [true, refused],
    [true, new QueueUnavailableError('silent')],
    [true, new Error('Connection is closed.')],
    [true, new Error("Stream isn't writeable and enableOfflineQueue options is false")],
    [false, Object.assign(new Error('deadlock detected'), { code: '40P01' })],
    [false, new UnavailableError('of something else')],
    [false, new Error('OOM command not allowed when used memory > maxmemory')],
  ])('is told from other failures: %s for %s', (isAway, error) => {
    expect(isQueueAway(error)).toBe(isAway);
  });
});
