import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Config, DatabaseProbe } from '@app/platform';
import { CheckConnections } from './check-connections';
import { CheckDisk, judgeRoom } from './check-disk';

const GIB = 2 ** 30;

describe('the check of the disk', () => {
  it.each([
    ['healthy', 120 * GIB, 250 * GIB],
    ['healthy', 6 * GIB, 100 * GIB],
    ['degraded', 4 * GIB, 100 * GIB],
    ['degraded', 0.4 * GIB, 4 * GIB],
    ['degraded', 0, 250 * GIB],
  ])('is %s with %i bytes left of %i', (status, free, total) => {
    expect(judgeRoom(free, total).status).toBe(status);
  });

  it('looks at the folder of the embedded database, and says when it is gone', async () => {
    const folder = join(tmpdir(), 'order-fulfillment-that-is-not-there');
    const at = (DATA_DIR: string) => new CheckDisk({ DATA_DIR } as Config).execute();
    expect(await at(tmpdir())).toMatchObject({ free_gib: expect.any(Number) });
    expect(await at('.data')).toMatchObject({ free_gib: expect.any(Number) });
    expect(await at(folder)).toMatchObject({
      status: 'degraded',
      message: expect.stringContaining(`The folder ${folder} is gone`),
    });
  });
});

describe('the check of connections', () => {
  const used = (count: number) =>
    new CheckConnections({ connections: async () => ({ used: count, max: 97 }) } as DatabaseProbe).execute();

  it('is degraded before the last of them is taken', async () => {
    expect(await used(30)).toEqual({ status: 'healthy', used: 30, max: 97 });
    expect(await used(95)).toMatchObject({ status: 'degraded', message: expect.stringContaining('95 of the 97') });
  });
});
