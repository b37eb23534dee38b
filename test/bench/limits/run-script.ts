import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, stopChild } from '../lab/child-process';
import { ARTIFACTS } from '../lab/product';
import type { ScriptLoad, ScriptResult } from './script-client';

const DRIVER_PROCESSES = 2;

/** Which driver runs the limits: pgbench where there is one, which costs less of the machine than node. */
export const sqlDriver = (): string =>
  hasPgbench() ? `pgbench (${spawnSync('pgbench', ['--version'], { encoding: 'utf8' }).stdout.trim()})` : 'node, pg';

/** Runs a script again and again on that many connections with prepared statements. Gives transactions per second. */
export async function runScript(load: ScriptLoad, onMeasuring: () => void): Promise<ScriptResult> {
  return hasPgbench() ? withPgbench(load, onMeasuring) : withNode(load, onMeasuring);
}

let found: boolean | undefined;
function hasPgbench(): boolean {
  return (found ??= process.env.BENCH_SQL_DRIVER !== 'node' && spawnSync('pgbench', ['--version']).status === 0);
}

async function withPgbench(load: ScriptLoad, onMeasuring: () => void): Promise<ScriptResult> {
  const file = join(ARTIFACTS, 'limit.sql');
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(file, load.script);
  await pgbench(load, file, load.warmUpMs);
  onMeasuring();
  const output = await pgbench(load, file, load.measureMs);
  const transactions = Number(/number of transactions actually processed: (\d+)/.exec(output)?.[1]);
  const perSecond = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
  if (!(transactions > 0 && perSecond > 0)) throw new Error(`pgbench measured nothing:\n${output}`);
  return { transactions, ms: (transactions / perSecond) * 1000 };
}

function pgbench({ url, connections }: ScriptLoad, file: string, ms: number): Promise<string> {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const args = ['-n', '-M', 'prepared', '-c', `${connections}`, '-j', '2', '-T', `${seconds}`, '-f', file, url];
  return new Promise((resolve, reject) => {
    execFile('pgbench', args, (error, stdout, stderr) =>
      error ? reject(new Error(`pgbench failed:\n${stderr}`)) : resolve(stdout),
    );
  });
}

async function withNode(load: ScriptLoad, onMeasuring: () => void): Promise<ScriptResult> {
  const share = { ...load, connections: load.connections / DRIVER_PROCESSES };
  const clients = Array.from({ length: DRIVER_PROCESSES }, () =>
    startChild(join(__dirname, 'script-client.js'), [], { stdio: 'inherit' }),
  );
  try {
    const results = await Promise.all(
      clients.map(
        (client, index) =>
          new Promise<ScriptResult>((resolve, reject) => {
            client.once('exit', (code) => reject(new Error(`A client of the limit ended with ${code}.`)));
            client.on('message', (message: { measuring?: true; result?: ScriptResult }) => {
              if (message.result) resolve(message.result);
              else if (index === 0) onMeasuring();
            });
            client.send(share);
          }),
      ),
    );
    return {
      transactions: results.reduce((sum, { transactions }) => sum + transactions, 0),
      ms: Math.max(...results.map(({ ms }) => ms)),
    };
  } finally {
    await Promise.all(clients.map(stopChild));
  }
}
