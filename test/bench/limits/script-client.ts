// Runs a script on many connections, where there is no pgbench: a process of its own, told what to do by its parent.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { parseScript, type Step } from './script';
import type { Script } from './transactions';

/** What a process of script clients is to do, and what it answers. */
export interface ScriptLoad {
  url: string;
  script: Script;
  connections: number;
  warmUpMs: number;
  measureMs: number;
}
export interface ScriptResult {
  transactions: number;
  ms: number;
}

process.once('message', (load: ScriptLoad) => void run(load));
process.once('disconnect', () => process.exit(1));

async function run({ url, script, connections, warmUpMs, measureMs }: ScriptLoad): Promise<void> {
  const steps = parseScript(script);
  let transactions = 0;
  for (let each = 0; each < connections; each++) void repeat(url, steps, () => transactions++);
  await sleep(warmUpMs);
  transactions = 0;
  const startedAt = performance.now();
  process.send!({ measuring: true });
  await sleep(measureMs);
  process.send!({ result: { transactions, ms: performance.now() - startedAt } satisfies ScriptResult });
}

async function repeat(url: string, steps: readonly Step[], onDone: () => void): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (;;) {
    await runOnce(client, steps);
    onDone();
  }
}

async function runOnce(client: Client, steps: readonly Step[]): Promise<void> {
  const variables: Record<string, unknown> = {};
  for (const step of steps) {
    if ('set' in step) {
      variables[step.set] = step.from + Math.floor(Math.random() * (step.to - step.from + 1));
      continue;
    }
    const values = step.parameters.map((name) => variables[name]);
    const { rows } = await client.query({ name: step.name, text: step.text, values });
    if (step.keepsRow) Object.assign(variables, rows[0]);
  }
}
