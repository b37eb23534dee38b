import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm start` looks for what is wrong before it begins, so that one try tells everything. */
describe('npm start', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-start-problems-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (settings: Record<string, string>) => {
    const { status, stderr } = spawnSync(process.execPath, [join(__dirname, '../../scripts/start.mjs')], {
      env: { PATH: process.env.PATH, DATA_DIR: folder, ...settings },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, lines: stderr.trim().split('\n') };
  };

  it('names every variable that is no port', () => {
    expect(start({ PORT: 'abc', WORKER_PORT: '0', SCHEDULER_PORT: '65536' })).toEqual({
      status: 1,
      lines: [
        'PORT must be a port between 1 and 65535, not "abc".',
        'WORKER_PORT must be a port between 1 and 65535, not "0".',
        'SCHEDULER_PORT must be a port between 1 and 65535, not "65536".',
      ],
    });
  });

  it('names every port that is in use, and leaves the data folder as it was', async () => {
    const servers = [1, 2, 3].map(() => createServer().listen(0));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    const [api, worker, scheduler] = servers.map((server) => String((server.address() as AddressInfo).port));
    const { status, lines } = start({ PORT: api!, WORKER_PORT: worker!, SCHEDULER_PORT: scheduler! });
    for (const server of servers) server.close();
    expect([status, lines]).toEqual([
      1,
      [
        `Port ${api} is already in use: stop the program that uses it, or set PORT to a free port.`,
        `Port ${worker} is already in use: stop the program that uses it, or set WORKER_PORT to a free port.`,
        `Port ${scheduler} is already in use: stop the program that uses it, or set SCHEDULER_PORT to a free port.`,
      ],
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
