import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/processes';

const ROOT = join(__dirname, '../..');

describe('the embedded database', () => {
  it('is given up with a sentence that helps when its folder is removed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-removed-'));
    chmodSync(folder, 0o755); // Postgres runs as another user when this is root
    const script = `
      import { prepareDataDir } from './scripts/lib/preflight.mjs';
      import { keepPostgresRunning } from './scripts/lib/postgres-service.mjs';
      const dataDir = ${JSON.stringify(join(folder, 'data'))};
      prepareDataDir(dataDir);
      let postgres;
      const onGivenUp = async (problem) => {
        console.log('GIVEN UP: ' + problem.message);
        await postgres.stop();
        process.exit(0);
      };
      const { signal } = new AbortController();
      postgres = await keepPostgresRunning({ dataDir, signal, log: (line) => console.log(line), onGivenUp });
      console.log('RUNNING');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += String(bytes)));
    const ended = once(child, 'exit');
    try {
      await until(async () => {
        if (child.exitCode !== null) throw new Error(output);
        return output.includes('RUNNING');
      }, 60_000);
      rmSync(join(folder, 'data'), { recursive: true });
      expect((await ended)[0]).toBe(0);
      expect(output).toMatch(
        /GIVEN UP: The data folder .*\/data was removed while its database was in use: .* restore a backup/,
      );
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
