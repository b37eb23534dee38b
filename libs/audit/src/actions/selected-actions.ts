import type { DataSource } from 'typeorm';
import { differences } from '../row-history';
import type { ActionCount, ActionFilter, ActionSource, SourcedAction, SourcedActions, SourceQuery } from './action';

/** Rows that one request looks at in one source when a part of its filter is served by no index. */
export const SCANNED_MAX = 2000;
const SEPARATOR = '|';

/** Adds a value to the parameters of a statement, and gives its placeholder. */
export type Bind = (value: unknown) => string;

/** The conditions, order and limit of what is read, for a part of it that has the same alias. */
export interface Bounds {
  where: string;
  order: string;
  limit: string;
}

/** Which rows are read, in the order of an index, and what they tell. SQL that is written in code; never input. */
export interface ActionSelect {
  /** What is read. What is put together of several parts bounds each of them itself. */
  from: string | ((bounds: Bounds) => string);
  /** Conditions that the index serves. */
  where: readonly string[];
  /** When it happened, and what tells rows of one moment apart, as the index sorts them; the types read a cursor. */
  time: string;
  keys: readonly (readonly [column: string, type: string])[];
  /** The keys alone sort the rows: the index does not know the time. */
  isSortedByKeys?: boolean;
  /** Columns that are read, for what is told. */
  columns: readonly string[];
  /** What the rows read, `scanned`, are joined with. */
  joins?: string;
  /** What they tell then: the columns of {@link ToldAction}. */
  tells: Readonly<Record<Exclude<keyof ToldAction, 'at' | 'key'>, string>>;
  /** Conditions on what is told, which no index serves: a page may have to look at more rows than it shows. */
  filters: readonly string[];
}

/** A row of the answer; times in microseconds since 1970. */
interface ToldAction {
  at: number;
  key: string;
  action: string;
  actor_text: string | null;
  id: string | null;
  request_id: string | null;
  reason: string | null;
  /** What it was before and is since, by column; null when one of them is not known, or there was none. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  details: Record<string, unknown> | null;
}

/** How far a statement looked. */
interface Looked {
  looked_at: number;
  last_at: number;
  last_key: string;
}

/** A source whose actions are selected by an index: it reads as many rows as it gives, or {@link SCANNED_MAX} at most. */
export class SelectedActions implements ActionSource {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    readonly entity: string,
    readonly serves: (filter: ActionFilter) => boolean,
    private readonly select: (filter: ActionFilter, bind: Bind) => ActionSelect,
  ) {}

  async find(query: SourceQuery): Promise<SourcedActions> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const select = this.select(query, bind);
    const scannedMax = select.filters.length > 0 ? Math.max(SCANNED_MAX, query.limit) : query.limit;
    const rows = await this.dataSource.query<((ToldAction | { key: null }) & Looked)[]>(
      `with scanned as materialized (${scan(select, query, scannedMax, bind)})
       select found.*, last.n as looked_at, last.at as last_at, last.key as last_key
         from (select n, at, key from scanned order by n desc limit 1) last
         left join lateral (${told(select)} order by n limit ${bind(query.limit)}) found on true
        order by found.n`,
      parameters,
    );
    const [first] = rows;
    const isCutShort = select.filters.length > 0 && first !== undefined && first.looked_at >= scannedMax;
    return {
      actions: rows.flatMap((row) => (row.key === null ? [] : [toAction(row)])),
      ...(isCutShort && { stoppedAt: { at: first.last_at, key: first.last_key } }),
    };
  }

  async count(filter: ActionFilter, max: number): Promise<ActionCount> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const select = this.select(filter, bind);
    const limit = select.filters.length > 0 ? Math.min(SCANNED_MAX, max) : max;
    const scanned = scan(select, { ...filter, descending: true, limit }, limit, bind);
    const [{ count, looked_at: lookedAt }] = await this.dataSource.query<[{ count: number; looked_at: number }]>(
      select.filters.length > 0
        ? `with scanned as materialized (${scanned})
           select (select count(*) from (${told(select)}) found) as count, (select count(*) from scanned) as looked_at`
        : `select count(*) as count, count(*) as looked_at from (${scanned}) scanned`,
      parameters,
    );
    return { count, isCapped: lookedAt >= limit };
  }
}

/** The rows that are read, numbered in their order. */
function scan(
  { from, where, time, keys, isSortedByKeys = false, columns }: ActionSelect,
  { from: since, until, after, descending }: SourceQuery,
  limit: number,
  bind: Bind,
): string {
  const beyond = descending ? '<' : '>';
  const conditions = [...where];
  if (!isSortedByKeys) {
    if (since) conditions.push(`${time} >= ${bind(since)}::timestamptz`);
    if (until) conditions.push(`${time} < ${bind(until)}::timestamptz`);
    if (after) {
      const isAtMoment = after.key !== undefined || after.includesMoment;
      conditions.push(`${time} ${beyond}${isAtMoment ? '=' : ''} ${momentOf(bind(after.at))}`);
    }
  }
  if (after?.key !== undefined) {
    const read = after.key.split(SEPARATOR);
    const values = keys.map(([, type], index) => `${bind(read[index] ?? null)}::${type}`);
    const [columnsRead, valuesRead] = isSortedByKeys ? [[], []] : [[time], [momentOf(bind(after.at))]];
    const sorted = [...columnsRead, ...keys.map(([column]) => column)];
    conditions.push(`(${sorted.join(', ')}) ${beyond} (${[...valuesRead, ...values].join(', ')})`);
  }
  const sorted = [...(isSortedByKeys ? [] : [time]), ...keys.map(([column]) => column)];
  const order = sorted.map((column) => `${column} ${descending ? 'desc' : 'asc'}`).join(', ');
  const key = keys.map(([column]) => `${column}::text`).join(` || '${SEPARATOR}' || `);
  const bounds = { where: conditions.join(' and ') || 'true', order, limit: bind(limit) };
  return `
    select row_number() over (order by ${order})::integer as n, (extract(epoch from ${time}) * 1000000)::bigint as at,
           ${key} as key, ${columns.join(', ')}
      from ${typeof from === 'string' ? from : from(bounds)} where ${bounds.where}
     order by ${order} limit ${bounds.limit}`;
}

function told({ joins = '', tells, filters }: ActionSelect): string {
  const columns = Object.entries(tells).map(([name, sql]) => `${sql} as ${name}`);
  return `
    select * from (select scanned.n, scanned.at, scanned.key, ${columns.join(', ')} from scanned ${joins}) told
    ${filters.length > 0 ? `where ${filters.join(' and ')}` : ''}`;
}

/** Exact: a number of seconds would be a float. */
function momentOf(microseconds: string): string {
  return `('epoch'::timestamptz + ${microseconds}::bigint * interval '1 microsecond')`;
}

function toAction({ at, key, request_id: requestId, before, after, details, ...told }: ToldAction): SourcedAction {
  return {
    place: { at, key },
    at: new Date(Math.floor(at / 1000)),
    actorText: told.actor_text,
    action: told.action,
    id: told.id,
    requestId,
    reason: told.reason,
    changes: before && after ? differences(before, after) : [],
    details: details ?? {},
  };
}
