import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';
import { DuplicateIdError, type Store, type StoreLimits, type StoreValue } from './store';

/** How long one try waits for the file; then the thread looks around and tries again. */
const BUSY_TIMEOUT_MS = 20;

/** Opens the file, which is made when it is not there. */
export function openSqliteStore(name: string, file: string, limits: StoreLimits): SqliteStore {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
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
    private readonly limits: Pick<StoreLimits, 'answerTimeoutMs'>,
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
          throw new Error(`${this.name} was busy with other writers for ${this.limits.answerTimeoutMs / 1000} s`, {
            cause: error,
          });
      }
      await nextTurn();
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

  async insert(table: string, values: Readonly<Record<string, StoreValue>>): Promise<void> {
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

  async exists(table: string, column: string, value: StoreValue): Promise<boolean> {
    // To the end of its rows: a statement that is left half way keeps its snapshot of the file.
    return this.database.prepare(`select 1 from ${table} where ${column} = ? limit 1`).all(value).length > 0;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.database.close();
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
