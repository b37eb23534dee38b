import { cpus, release, totalmem, type as system } from 'node:os';
import { spawnSync } from 'node:child_process';
import { withClient } from '../lab/database';
import { sqlDriver } from '../limits/run-script';

/** On what was measured, and with what; a line each. */
export async function machineAndVersions(postgresUrl: string): Promise<string[]> {
  const [processor] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const redis = /v=([\d.]+)/.exec(spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  return [
    `${cpus().length} × ${processor?.model.trim()}, ${memoryGb} GB, ${system()} ${release()}`,
    `Node.js ${process.version}, PostgreSQL ${await settingsOf(postgresUrl)}${redis ? `, Redis ${redis}` : ', no Redis'}`,
    `SQL limits driven by ${sqlDriver()}`,
  ];
}

function settingsOf(postgresUrl: string): Promise<string> {
  return withClient(postgresUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, current_setting(name) as setting from unnest(array['server_version', 'fsync', 'synchronous_commit', 'shared_buffers']) name`,
    );
    const [version, ...others] = rows;
    return `${version!.setting} (${others.map(({ name, setting }) => `${name} ${setting}`).join(', ')})`;
  });
}
