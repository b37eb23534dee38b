/** What a column holds. */
export type StoreValue = string | number | null;
export type StoreValues = Readonly<Record<string, StoreValue>>;

/** Rows of a table in the order of their ids. */
export interface RowSlice {
  /** Rows beyond this id. */
  after?: number;
  descending: boolean;
  limit: number;
  offset: number;
}

/**
 * One connection to one store, with at most one transaction at a time. Light on purpose: every writer thread has its own, and loads
 * nothing but the driver.
 */
export interface Store {
  readonly name: string;
  /** False after the connection was lost or gave no answer: it is closed then, and a new one is needed. */
  readonly isUsable: boolean;
  begin: () => Promise<void>;
  commit: () => Promise<void>;
  /** Never fails: a transaction whose connection is gone is rolled back by the store itself. */
  rollback: () => Promise<void>;
  /** Until the transaction ends, nobody else gets beyond this call with the same text. */
  lockText: (text: string) => Promise<void>;
  insert: (table: string, values: StoreValues) => Promise<void>;
  /** Whether a row has the value, other than the one with the id `exceptId`. */
  exists: (table: string, column: string, value: StoreValue, exceptId?: number) => Promise<boolean>;
  hasTable: (table: string) => Promise<boolean>;
  /** The row with this id; undefined when there is none. */
  find: (table: string, id: number) => Promise<StoreValues | undefined>;
  read: (table: string, slice: RowSlice) => Promise<StoreValues[]>;
  /** How many rows there are, at most `max`. */
  count: (table: string, max: number) => Promise<number>;
  /** Changes the row; false when there is none. */
  update: (table: string, id: number, values: StoreValues) => Promise<boolean>;
  /** Removes the row; false when there is none. */
  remove: (table: string, id: number) => Promise<boolean>;
  close: () => Promise<void>;
}

/** The id of a row is that of another row which is there already. */
export class DuplicateIdError extends Error {}

/** Others wrote to the store for as long as somebody is willing to wait. */
export class StoreBusyError extends Error {}

/** Where a store is, in a form that a thread can be given. */
export type StoreLocation = { engine: 'postgres'; url: string } | { engine: 'sqlite'; file: string };

export interface StoreLimits {
  /** Shows in `pg_stat_activity`. */
  applicationName: string;
  connectTimeoutMs: number;
  /** A statement without an answer for so long, a wait for a lock among them, is given up with its connection. */
  answerTimeoutMs: number;
  /** SQLite waits for a busy file in the thread itself, which does nothing else meanwhile: so long at a time, 20 ms by default. */
  busyTimeoutMs?: number;
}
