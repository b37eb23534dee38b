import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import {
  DuplicateIdError,
  type RowSlice,
  type Store,
  StoreBusyError,
  type StoreLimits,
  type StoreValue,
  type StoreValues,
} from './store';

/** How long one try waits for the file; then the thread looks around and tries again. */
const BUSY_TIMEOUT_MS = 20;
/** Between two tries of somebody who must not wait for the file in its thread. */
const PAUSE_MS = 5;

/** Opens the file, which is made when it is not there. */
export function openSqliteStore(name: string, file: string, limits: StoreLimits): SqliteStore {
  const database = new Database(file, { timeout: limits.busyTimeoutMs ?? BUSY_TIMEOUT_MS });
  // What was committed survives a crash of the process; a loss of power may take the last moments, and never the file.
  database.exec('pragma synchronous = normal');
  return new SqliteStore(name, database, limits);
}

/** A file has one writer at a time: whoever begins a transaction waits for those before it. */
export class SqliteStore implements Store {
  private isClosed = false;

  constructor(
    readonly name: string,
    private readonly database: Database.Database,
    private readonly limits: Pick<StoreLimits, 'answerTimeoutMs' | 'busyTimeoutMs'>,
  ) {}

  get isUsable(): boolean {
    return !this.isClosed;
  }

  /**
   * Takes the file's only place for a writer at once. A plain BEGIN reads first and asks for the place later, when waiting would be
   * useless: SQLite then fails with "database is locked" in spite of any timeout (296 of 2,000 in a trial).
   */
  async begin(): Promise<void> {
    const until = performance.now() + this.limits.answerTimeoutMs;
    for (;;) {
      try {
        this.database.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > until)
          throw new StoreBusyError(
            `${this.name} was busy with other writers for ${this.limits.answerTimeoutMs / 1000} s`,
            { cause: error },
          );
      }
      await (this.limits.busyTimeoutMs === 0 ? sleep(PAUSE_MS) : nextTurn());
    }
  }

  async commit(): Promise<void> {
    this.database.exec('commit');
  }

  async rollback(): Promise<void> {
    try {
      if (this.database.inTransaction) this.database.exec('rollback');
    } catch {
      await this.close();
    }
  }

  /** There is no other writer while the transaction lasts. */
  async lockText(): Promise<void> {}

  async insert(table: string, values: StoreValues): Promise<void> {
    const columns = Object.keys(values);
    try {
      this.database
        .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
        .run(...Object.values(values));
    } catch (error) {
      if (codeOf(error).startsWith('SQLITE_CONSTRAINT')) throw new DuplicateIdError();
      throw error;
    }
  }

  async exists(table: string, column: string, value: StoreValue, exceptId: number | null = null): Promise<boolean> {
    return this.all(`select 1 from ${table} where ${column} = ? and id is not ? limit 1`, value, exceptId).length > 0;
  }

  async hasTable(table: string): Promise<boolean> {
    return this.all(`select 1 from sqlite_master where type = 'table' and name = ?`, table).length > 0;
  }

  async find(table: string, id: number): Promise<StoreValues | undefined> {
    return this.all(`select * from ${table} where id = ?`, id)[0];
  }

  async read(table: string, { after, descending, limit, offset }: RowSlice): Promise<StoreValues[]> {
    return this.all(
      `select * from ${table} where ?1 is null or id ${descending ? '<' : '>'} ?1
        order by id ${descending ? 'desc' : 'asc'} limit ?2 offset ?3`,
      after ?? null,
      limit,
      offset,
    );
  }

  async count(table: string, max: number): Promise<number> {
    return Number(this.all(`select count(*) as count from (select 1 from ${table} limit ?)`, max)[0]?.count);
  }

  async update(table: string, id: number, values: StoreValues): Promise<boolean> {
    const changes = Object.keys(values).map((column) => `${column} = ?`);
    return (
      this.database.prepare(`update ${table} set ${changes.join(', ')} where id = ?`).run(...Object.values(values), id)
        .changes > 0
    );
  }

  async remove(table: string, id: number): Promise<boolean> {
    return this.database.prepare(`delete from ${table} where id = ?`).run(id).changes > 0;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.database.close();
  }

  /** To the end of its rows: a statement that is left half way keeps its snapshot of the file. */
  private all(sql: string, ...parameters: StoreValue[]): StoreValues[] {
    return this.database
      .prepare(sql)
      .all(...parameters)
      .filter(isStoreValues);
  }
}

/** What every row is: no column holds anything else. */
function isStoreValues(row: unknown): row is StoreValues {
  return typeof row === 'object' && row !== null && Object.values(row).every(isStoreValue);
}

function isStoreValue(value: unknown): value is StoreValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
