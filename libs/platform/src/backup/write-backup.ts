import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo, type CopyToStreamQuery } from 'pg-copy-streams';
import type { Config } from '../config/load-config';
import { appliedMigrations, type BackupScope, backupTables } from './backup-tables';
import { type BackupHeader, MAGIC, noteLine } from './backup-format';
import { withBackupClient } from './with-backup-client';

export interface BackupOptions extends BackupScope {
  signal?: AbortSignal;
  /** Called before each table. */
  onTable?: (name: string) => void;
}

/**
 * Writes everything that the contexts know, as of one moment, to a new file, while others go on writing: one repeatable-read
 * transaction reads it all. Rows go through this process without being held. The file appears under its name when it is whole
 * and on the disk; only its owner can read it, as it holds what customers wrote. Returns the rows of each table.
 */
export async function writeBackup(
  config: Config,
  file: string,
  options: BackupOptions,
): Promise<Record<string, number>> {
  const unfinished = `${file}.unfinished`;
  const rows: Record<string, number> = {};
  try {
    await withBackupClient(config, 'backup', async (client) => {
      await client.query('begin isolation level repeatable read, read only');
      // Fails now, and not after an hour, where nothing can be written.
      const output = (await open(unfinished, 'w', 0o600)).createWriteStream({ flush: true });
      // The snapshot stays open for as long as it takes: the fastest compression is the best one.
      await pipeline(
        Readable.from(backupOf(client, options, rows), { objectMode: false }),
        createGzip({ level: constants.Z_BEST_SPEED }),
        output,
        { signal: options.signal },
      );
    });
    await rename(unfinished, file);
    return rows;
  } catch (error) {
    await rm(unfinished, { force: true });
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function* backupOf(
  client: Client,
  options: BackupOptions,
  rows: Record<string, number>,
): AsyncGenerator<string | Buffer> {
  yield `${MAGIC}\n${noteLine(await header(client, options))}`;
  const copies = new Map<string, CopyToStreamQuery>();
  for (const { name, columns } of await backupTables(client, options)) {
    options.onTable?.(name);
    yield `copy ${name} (${columns}) from stdin;\n`;
    const copy = client.query(copyTo(`copy ${name} (${columns}) to stdout`));
    copies.set(name, copy);
    yield* copy as AsyncIterable<Buffer>;
    yield '\\.\n';
  }
  // The count of a COPY comes after its rows, in a message that may be late: all have come when the next statement is answered.
  await client.query('commit');
  for (const [name, { rowCount }] of copies) rows[name] = rowCount;
  yield noteLine({ rows });
}

async function header(client: Client, { contexts }: BackupScope): Promise<BackupHeader> {
  const { rows } = await client.query<{ now: Date; version: string }>(
    `select now(), current_setting('server_version') as version`,
  );
  const sequences = await client.query<{ name: string; value: string | null }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences
      where schemaname = any($1) and sequencename <> 'migrations_id_seq' order by 1`,
    [contexts.map(({ context }) => context)],
  );
  return {
    takenAt: rows[0]!.now.toISOString(),
    postgres: rows[0]!.version,
    migrations: await appliedMigrations(client, contexts),
    sequences: Object.fromEntries(
      sequences.rows.map(({ name, value }) => [name, value === null ? null : Number(value)]),
    ),
  };
}
