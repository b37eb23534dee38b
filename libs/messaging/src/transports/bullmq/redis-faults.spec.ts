import { redisFaults } from './redis-faults';

const info = (version: string, policy: string) =>
  `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n# Memory\r\nmaxmemory_policy:${policy}\r\n`;

describe('a Redis that is to hold the queues', () => {
  it.each(['6.2.0', '7.4.1', '8.0.0', '10.0.0'])('is fit from 6.2 on: %s', (version) => {
    expect(redisFaults(info(version, 'noeviction'))).toEqual([]);
  });

  it('is unfit when it may remove jobs, or is too old, and says both', () => {
    expect(redisFaults(info('6.0.16', 'allkeys-lru'))).toEqual([
      'maxmemory-policy of Redis is allkeys-lru, so it removes jobs when its memory is full: set it to noeviction.',
      'Redis 6.0.16 is too old: use 6.2 or newer.',
    ]);
  });

  it('is given the benefit of what it does not say', () => {
    expect(redisFaults('# Server\r\n')).toEqual([]);
  });
});
