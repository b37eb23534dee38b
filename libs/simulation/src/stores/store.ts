/** What a column holds. */
export type StoreValue = string | number | null;

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
  insert: (table: string, values: Readonly<Record<string, StoreValue>>) => Promise<void>;
  exists: (table: string, column: string, value: StoreValue) => Promise<boolean>;
  close: () => Promise<void>;
}

/** The id of a row is that of another row which is there already. */
export class DuplicateIdError extends Error {}

/** Where a store is, in a form that a thread can be given. */
export type StoreLocation = { engine: 'postgres'; url: string } | { engine: 'sqlite'; file: string };

export interface StoreLimits {
  /** Shows in `pg_stat_activity`. */
  applicationName: string;
  connectTimeoutMs: number;
  /** A statement without an answer for so long, a wait for a lock among them, is given up with its connection. */
  answerTimeoutMs: number;
}
