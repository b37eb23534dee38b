import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptOutcome } from '../contracts/attempt';
import type { RuleSet } from '../contracts/simulation-options';
import { ENTITY_NAMES, type EntityRow } from '../rows/entity-row';
import { checkRow, type RowProblem, validationErrors } from '../rules/check-row';
import { DuplicateIdError, type Store, type StoreValue } from '../stores/store';

/** A row with the names of all stores that it needs, as the router gave them. */
export interface RoutedRow {
  row: EntityRow;
  /** Whether the row's id is written, or the store makes one. */
  writesId: boolean;
  store: string;
  /** Where an order's user and product are. */
  references: { entity: 'user' | 'product'; id: number; store: string }[];
  /** Of a value that must be unique: where those who insert it take turns, and where it may be already. In the order of locking. */
  unique?: UniqueValue;
}

export interface UniqueValue {
  column: string;
  value: string;
  guard: string;
  stores: string[];
}

export interface InsertResult {
  outcome: AttemptOutcome;
  reason: string | null;
}

export type UseStores = (names: readonly string[]) => Promise<Store[]>;

const INSERTED: InsertResult = { outcome: 'inserted', reason: null };

/** The stores that a row needs, those of its references first. */
export function storesOfRow({ store, references, unique }: RoutedRow): string[] {
  return [...new Set([...references.map((reference) => reference.store), ...(unique?.stores ?? []), store])];
}

/**
 * Validates one row and inserts it in a transaction of its own. Everything that goes wrong is the result, not an exception: nothing
 * was written then, unless the connection was lost during COMMIT, which the reason says.
 */
export async function insertRow(
  routed: RoutedRow,
  use: UseStores,
  { rules, delayMs }: { rules: RuleSet; delayMs: number },
): Promise<InsertResult> {
  const problem = checkRow(routed.row, rules);
  if (problem !== undefined) return invalid(problem);
  const { entity, row } = routed.row;
  try {
    const refused = (await missingReferences(routed, use)) ?? (await insertUnique(routed, use, delayMs));
    return refused ? invalid(validationErrors(entity, refused)) : INSERTED;
  } catch (error) {
    if (!(error instanceof DuplicateIdError)) return { outcome: 'error', reason: sentenceOf(error) };
    const taken = idTaken(row.id);
    return invalid(rules === 'basic' ? taken.message : validationErrors(entity, [taken]));
  }
}

export function idTaken(id: number): RowProblem {
  return { field: 'id', message: `ID already exists: ${id}` };
}

/**
 * Which of the rows that a row refers to are not there; undefined when all are. No transaction spans two stores: what is there now may
 * be gone when the order is committed (docs/simulation.md).
 */
export async function missingReferences(
  { references }: Pick<RoutedRow, 'references'>,
  use: UseStores,
): Promise<RowProblem[] | undefined> {
  const missing: RowProblem[] = [];
  for (const { entity, id, store } of references) {
    const { label, table } = ENTITY_NAMES[entity];
    const [referenced] = await use([store]);
    if (!(await referenced?.exists(table, 'id', id)))
      missing.push({ field: `${entity}_id`, message: `${label} does not exist: ${id}` });
  }
  return missing.length > 0 ? missing : undefined;
}

/** Inserts the row unless it has a value that another one has. Throws DuplicateIdError. */
export function insertUnique(
  { row, store, unique, writesId }: RoutedRow,
  use: UseStores,
  delayMs: number,
): Promise<RowProblem[] | undefined> {
  return writeUnique({ table: ENTITY_NAMES[row.entity].table, store, unique }, use, async (target) => {
    await target.insert(ENTITY_NAMES[row.entity].table, columnsOf(row, writesId));
    if (delayMs > 0) await sleep(delayMs);
  });
}

/**
 * Writes to a store in a transaction, unless another row than `exceptId` has the value that must be unique: whoever writes the same
 * value takes turns, in all processes. Says what is not unique; undefined when it is committed.
 */
export async function writeUnique(
  { table, store, unique, exceptId }: { table: string; store: string; unique?: UniqueValue; exceptId?: number },
  use: UseStores,
  write: (target: Store) => Promise<void>,
): Promise<RowProblem[] | undefined> {
  // Always in the same order, so that two threads that need the same two files cannot wait for each other.
  const written = unique ? unique.stores.filter((name) => name === unique.guard || name === store) : [store];
  const names = [...new Set([...written, ...(unique?.stores ?? [])])];
  const stores = new Map((await use(names)).map((each) => [each.name, each]));
  const begun: Store[] = [];
  try {
    for (const name of written) {
      await stores.get(name)!.begin();
      begun.push(stores.get(name)!);
    }
    if (unique) {
      await stores.get(unique.guard)!.lockText(`${table}.${unique.column} ${unique.value}`);
      for (const each of stores.values())
        if (await each.exists(table, unique.column, unique.value, exceptId)) {
          await rollbackAll(begun);
          return [{ field: unique.column, message: `Email already exists: ${unique.value}` }];
        }
    }
    const target = stores.get(store)!;
    await write(target);
    await commit(target);
    // The lock on the value goes last: whoever waits for it finds the row.
    await rollbackAll(begun.filter((each) => each !== target));
    return undefined;
  } catch (error) {
    await rollbackAll(begun);
    throw error;
  }
}

async function commit(store: Store): Promise<void> {
  try {
    await store.commit();
  } catch (error) {
    if (store.isUsable) throw error;
    throw new Error(`${sentenceOf(error)} (during COMMIT: the row may be there)`, { cause: error });
  }
}

async function rollbackAll(stores: readonly Store[]): Promise<void> {
  for (const store of stores) await store.rollback();
}

export function columnsOf({ entity, row }: EntityRow, writesId: boolean): Record<string, StoreValue> {
  const { id, ...values } = row;
  const columns: Record<string, StoreValue> =
    entity === 'product' ? { name: row.name, price_minor: Math.round((row.price ?? 0) * 100) } : { ...values };
  return writesId ? { id, ...columns } : columns;
}

function invalid(reason: string | undefined): InsertResult {
  return { outcome: 'invalid', reason: reason ?? 'Refused' };
}

/** One line, for a table. A connection that fails on every address of a host has its reasons in a list and no message of its own. */
export function sentenceOf(error: unknown): string {
  const text =
    error instanceof AggregateError && !error.message
      ? error.errors.map(sentenceOf).join('; ')
      : error instanceof Error
        ? error.message
        : String(error).replace(/^Error: /, '');
  return text.replaceAll(/\s+/g, ' ').trim() || 'Unknown error';
}
