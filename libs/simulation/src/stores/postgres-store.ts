import { Client, type QueryResult } from 'pg';
import {
  DuplicateIdError,
  type RowSlice,
  type Store,
  type StoreLimits,
  type StoreValue,
  type StoreValues,
} from './store';

/** The simulation's tables never meet those of a database that was there before. */
export const POSTGRES_SCHEMA = 'simulation';
const UNIQUE_VIOLATION = '23505';

/** Connects. What is not there, or does not answer in time, is an error. */
export async function openPostgresStore(name: string, url: string, limits: StoreLimits): Promise<PostgresStore> {
  const client = new Client({
    connectionString: url,
    application_name: limits.applicationName,
    connectionTimeoutMillis: limits.connectTimeoutMs,
    query_timeout: limits.answerTimeoutMs,
    statement_timeout: limits.answerTimeoutMs,
    keepAlive: true,
  });
  const store = new PostgresStore(name, client);
  await client.connect();
  return store;
}

export class PostgresStore implements Store {
  private isLost = false;

  constructor(
    readonly name: string,
    private readonly client: Client,
  ) {
    client.on('error', () => (this.isLost = true));
    client.on('end', () => (this.isLost = true));
  }

  get isUsable(): boolean {
    return !this.isLost;
  }

  async begin(): Promise<void> {
    await this.query('begin');
  }

  async commit(): Promise<void> {
    await this.query('commit');
  }

  async rollback(): Promise<void> {
    await this.query('rollback').catch(() => (this.isLost = true));
    // One that gave no answer may still be at work for a transaction that nobody waits for.
    if (this.isLost) await this.close();
  }

  async lockText(text: string): Promise<void> {
    await this.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`simulation ${text}`]);
  }

  async insert(table: string, values: StoreValues): Promise<void> {
    const columns = Object.keys(values);
    const places = columns.map((_, index) => `$${index + 1}`);
    await this.query(
      `insert into ${POSTGRES_SCHEMA}.${table} (${columns.join(', ')}) values (${places.join(', ')})`,
      Object.values(values),
    );
  }

  async exists(table: string, column: string, value: StoreValue, exceptId: number | null = null): Promise<boolean> {
    const found = await this.query(
      `select 1 from ${POSTGRES_SCHEMA}.${table} where ${column} = $1 and id is distinct from $2 limit 1`,
      [value, exceptId],
    );
    return found.rowCount !== 0;
  }

  async hasTable(table: string): Promise<boolean> {
    const { rows } = await this.query('select 1 where to_regclass($1) is not null', [`${POSTGRES_SCHEMA}.${table}`]);
    return rows.length > 0;
  }

  async find(table: string, id: number): Promise<StoreValues | undefined> {
    return (await this.query(`select * from ${POSTGRES_SCHEMA}.${table} where id = $1`, [id])).rows[0];
  }

  async read(table: string, { after, descending, limit, offset }: RowSlice): Promise<StoreValues[]> {
    const { rows } = await this.query(
      `select * from ${POSTGRES_SCHEMA}.${table} where $1::int is null or id ${descending ? '<' : '>'} $1
        order by id ${descending ? 'desc' : 'asc'} limit $2 offset $3`,
      [after ?? null, limit, offset],
    );
    return rows;
  }

  async count(table: string, max: number): Promise<number> {
    const { rows } = await this.query(
      `select count(*)::int as count from (select from ${POSTGRES_SCHEMA}.${table} limit $1) counted`,
      [max],
    );
    return Number(rows[0]?.count);
  }

  async update(table: string, id: number, values: StoreValues): Promise<boolean> {
    const changes = Object.keys(values).map((column, index) => `${column} = $${index + 2}`);
    const changed = await this.query(`update ${POSTGRES_SCHEMA}.${table} set ${changes.join(', ')} where id = $1`, [
      id,
      ...Object.values(values),
    ]);
    return changed.rowCount !== 0;
  }

  async remove(table: string, id: number): Promise<boolean> {
    return (await this.query(`delete from ${POSTGRES_SCHEMA}.${table} where id = $1`, [id])).rowCount !== 0;
  }

  async close(): Promise<void> {
    this.isLost = true;
    await this.client.end().catch(() => undefined);
  }

  private async query(
    sql: string,
    parameters: readonly StoreValue[] = [],
  ): Promise<QueryResult<Record<string, StoreValue>>> {
    try {
      return await this.client.query(sql, [...parameters]);
    } catch (error) {
      // Without a SQLSTATE it is not the server that spoke: the connection is gone, or did not answer in time.
      if (!(error instanceof Error) || !('code' in error) || !/^[0-9A-Z]{5}$/.test(String(error.code)))
        this.isLost = true;
      if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) throw new DuplicateIdError();
      throw error;
    }
  }
}
