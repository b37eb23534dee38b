import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Load, LoadMessage, LoadResult } from '../load/load';
import { startChild, stopChild } from './child-process';

/** Runs a generator to its end. `onMeasuring` is called when the warm-up is over. Fails when answers were not 2xx. */
export async function runLoad(load: Load, onMeasuring: () => void): Promise<LoadResult> {
  const generator = startChild(join(__dirname, '../load/generator.js'), [], { stdio: 'inherit' });
  try {
    const result = await new Promise<LoadResult>((resolve, reject) => {
      generator.once('exit', (code) => reject(new Error(`The load generator ended with ${String(code)}.`)));
      generator.on('message', (message: LoadMessage) => {
        if ('result' in message) resolve(message.result);
        else onMeasuring();
      });
      generator.send(load);
    });
    refuseFailures(load, result);
    return result;
  } finally {
    // What is in flight is answered first: nothing should be cut off in a server that is measured again.
    await wait(100);
    await stopChild(generator);
  }
}

function refuseFailures(load: Load, { requests, statuses }: LoadResult): void {
  const failed = Object.entries(statuses).filter(([status]) => !status.startsWith('2'));
  if (requests === 0 || failed.length > 0)
    throw new Error(`${load.kind}: ${requests} answers, not all of them successes: ${JSON.stringify(statuses)}`);
}
