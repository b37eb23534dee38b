import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { withClient } from './database';
import type { Servers } from './servers';

const STATEMENT = /LOG: {2}(statement|execute [^:]*): /g;
// What is logged between two reads is far less than this.
const CHUNK_BYTES = 1 << 20;

/**
 * How many statements reached the server while `work` ran, BEGIN and COMMIT included: it is told to log them. That slows it down,
 * so nothing else is measured meanwhile; and unlike pg_stat_statements it leaves the server as it is the rest of the time.
 */
export async function countStatements(servers: Servers, work: () => Promise<unknown>): Promise<number> {
  const log = openSync(servers.postgresLog, 'r');
  try {
    await setLogging(servers, true);
    const from = fstatSync(log).size;
    await work();
    const to = fstatSync(log).size;
    return statementsBetween(log, from, to);
  } finally {
    await setLogging(servers, false);
    closeSync(log);
  }
}

function setLogging({ postgresUrl }: Servers, on: boolean): Promise<void> {
  return withClient(postgresUrl, async (client) => {
    // Parameters are whole arrays of orders; their number is not what is asked for.
    await client.query(
      on ? `alter system set log_parameter_max_length = 0` : `alter system reset log_parameter_max_length`,
    );
    await client.query(on ? `alter system set log_statement = 'all'` : `alter system reset log_statement`);
    await client.query('select pg_reload_conf()');
  });
}

function statementsBetween(file: number, from: number, to: number): number {
  let count = 0;
  let rest = '';
  for (let at = from; at < to; at += CHUNK_BYTES) {
    const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, to - at));
    readSync(file, buffer, 0, buffer.length, at);
    const lines = (rest + buffer.toString('latin1')).split('\n');
    rest = lines.pop()!;
    for (const line of lines) count += line.match(STATEMENT)?.length ?? 0;
  }
  return count;
}
