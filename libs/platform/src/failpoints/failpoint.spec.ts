import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { errorCode } from '../database/sql-state';
import { failpointsOf } from './failpoint';
import { parseFailpoints } from './parse-failpoints';

const LOADER = join(__dirname, '../../../../scripts/lib/load-typescript.mjs');
const inTests = (FAILPOINTS?: string) => failpointsOf({ NODE_ENV: 'test', FAILPOINTS });

describe('a failpoint', () => {
  it.each(['production', 'development', undefined])('does nothing under NODE_ENV=%s, whatever is armed', (NODE_ENV) => {
    const failpoint = failpointsOf({ NODE_ENV, FAILPOINTS: 'placement.afterWrite=error(40001)' });
    expect(failpoint('placement.afterWrite')).toBeUndefined();
    expect(failpoint).toBe(inTests(undefined));
  });

  it('fails at the hits it is armed for, and at no other', async () => {
    const failpoint = inTests('placement.afterWrite=error(40P01)@2x2');
    const codes: (string | undefined)[] = [];
    for (let hit = 1; hit <= 4; hit++)
      await Promise.resolve(failpoint('placement.afterWrite')).then(
        () => codes.push('none'),
        (error: unknown) => codes.push(errorCode(error)),
      );
    expect(codes).toEqual(['none', '40P01', '40P01', 'none']);
    await expect(failpoint('movement.afterWrite')).resolves.toBeUndefined();
  });

  it('waits for the subject it is armed for', async () => {
    const failpoint = inTests('job.started[b]=error(XX000)x9');
    await expect(failpoint('job.started', { subject: 'a' })).resolves.toBeUndefined();
    await expect(failpoint('job.started', { subject: 'b' })).rejects.toThrow('failpoint job.started');
  });

  it('holds the work up for as long as it says', async () => {
    const begun = performance.now();
    await inTests('relay.afterClaim=wait(30)')('relay.afterClaim');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(29);
  });

  it.each([
    ['test', 'SIGKILL', 'failpoint relay.afterPublish: kill\n'],
    ['production', null, ''],
  ])('ends the process it is in under NODE_ENV=%s with %s', (NODE_ENV, signal, stderr) => {
    const program = `import(${JSON.stringify(LOADER)}).then(({ typescriptLoader }) =>
      typescriptLoader()('libs/platform/src/failpoints/failpoint.ts').failpoint('relay.afterPublish'))`;
    const ended = spawnSync(process.execPath, ['-e', program], {
      env: { NODE_ENV, FAILPOINTS: 'relay.afterPublish=kill' },
      encoding: 'utf8',
    });
    expect({ signal: ended.signal, stderr: ended.stderr }).toEqual({ signal, stderr });
  });

  it.each(['relay.afterPublsh=kill', 'relay.afterPublish=error', 'relay.afterPublish=kill(3)', 'relay.afterPublish'])(
    'refuses to be armed with %s',
    (text) => {
      expect(() => parseFailpoints(text)).toThrow('FAILPOINTS');
    },
  );
});
