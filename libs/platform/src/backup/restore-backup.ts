import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Config } from '../config/load-config';
import { type BackupHeader, MAGIC, parseHeader, parseTrailer, UnusableBackupError } from './backup-format';
import { BackupReader } from './backup-reader';
import { appliedMigrations, type BackupScope, backupTables } from './backup-tables';
import { withBackupClient } from './with-backup-client';

const SESSIONS_END_WITHIN_MS = 2000;

export interface RestoreOptions extends BackupScope {
  /** Removes what is in the database first. */
  replace: boolean;
  /** Runs in the same transaction after the rows are there. */
  afterwards: (client: Client) => Promise<void>;
  signal?: AbortSignal;
  onTable?: (name: string) => void;
}

export interface Restored {
  header: BackupHeader;
  rows: Record<string, number>;
}

/** Something in the database, or somebody on it, speaks against restoring into it. */
export class UnsuitableTargetError extends Error {}

/**
 * Puts the rows of a backup into a migrated database, in one transaction: whatever goes wrong, the database stays as it was.
 * Triggers are off meanwhile, as their effects are in the backup; constraints are not. Throws UnsuitableTargetError when the
 * database is in use, holds something, or has another schema, and UnusableBackupError.
 */
export async function restoreBackup(config: Config, file: string, options: RestoreOptions): Promise<Restored> {
  const reader = new BackupReader(file);
  try {
    return await withBackupClient(config, 'restore', async (client) => {
      const header = await readHeader(reader);
      await requireUnused(client);
      await client.query('begin');
      await requireSameSchema(client, header, options);
      const tables = (await backupTables(client, options)).map(({ name }) => name);
      if (!options.replace) await requireEmpty(client, tables);
      for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
      await client.query(`truncate ${tables.join(', ')}`);
      const rows = await copyTables(client, reader, tables, options);
      for (const [name, value] of Object.entries(header.sequences))
        await client.query('select setval($1::regclass, $2, $3)', [name, value ?? 1, value !== null]);
      for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
      await options.afterwards(client);
      await client.query('commit');
      await client.query('analyze');
      return { header, rows };
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    reader.close();
  }
}

async function readHeader(reader: BackupReader): Promise<BackupHeader> {
  const magic = await reader.line();
  if (magic !== MAGIC) throw new UnusableBackupError(`its first line is not "${MAGIC}"`);
  return parseHeader(await reader.line());
}

/** Sessions that were closed a moment ago are still listed: only one that stays speaks against it. */
async function requireUnused(client: Client): Promise<void> {
  for (const until = Date.now() + SESSIONS_END_WITHIN_MS; ; await sleep(100)) {
    const { rows } = await client.query<{ name: string }>(
      `select distinct application_name as name from pg_stat_activity
        where datname = current_database() and application_name like 'order-fulfillment%' and pid <> pg_backend_pid() order by 1`,
    );
    if (rows.length === 0) return;
    if (Date.now() > until)
      throw new UnsuitableTargetError(
        `The database is in use (${rows.map(({ name }) => name).join(', ')}): stop every process of the product first.`,
      );
  }
}

async function requireSameSchema(client: Client, { migrations }: BackupHeader, { contexts }: BackupScope) {
  const applied = await appliedMigrations(client, contexts);
  const differing = Object.keys({ ...applied, ...migrations }).filter(
    (context) => JSON.stringify(applied[context]) !== JSON.stringify(migrations[context]),
  );
  if (differing.length > 0)
    throw new UnsuitableTargetError(
      `The backup was made by another version (${differing.join(', ')}: other migrations). Restore it with that version, then run "npm run migrate" of this one.`,
    );
}

async function requireEmpty(client: Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${table}) as filled`);
    if (rows[0]!.filled)
      throw new UnsuitableTargetError(
        `The database is not empty (${table} has rows): restore into a new one, or give --replace to remove what is there.`,
      );
  }
}

async function copyTables(
  client: Client,
  reader: BackupReader,
  tables: readonly string[],
  { signal, onTable }: RestoreOptions,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (;;) {
    const line = await reader.line();
    if (line.startsWith('--')) {
      requireAllRows(parseTrailer(line).rows, rows);
      return rows;
    }
    const table = /^copy (\S+) \([^;]*\) from stdin;$/.exec(line)?.[1];
    if (!table || !tables.includes(table)) throw new UnusableBackupError(`unexpected line "${line.slice(0, 80)}"`);
    onTable?.(table);
    const copy = client.query(copyFrom(line.slice(0, -1)));
    await pipeline(Readable.from(reader.rows(), { objectMode: false }), copy, { signal });
    rows[table] = copy.rowCount;
  }
}

function requireAllRows(expected: Record<string, number>, actual: Record<string, number>): void {
  for (const [table, count] of Object.entries(expected))
    if (actual[table] !== count)
      throw new UnusableBackupError(`${table} should have ${count} rows and has ${actual[table] ?? 0}`);
}
