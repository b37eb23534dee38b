import type { Entity } from '../contracts/attempt';
import type { RuleSet } from '../contracts/simulation-options';
import { ENTITY_NAMES, type EntityRow } from '../rows/entity-row';
import type { EntityRouter } from '../stores/entity-router';
import type { RoutedRow } from './insert-row';

export interface PlannedRow {
  index: number;
  /** `UserThread-3`. */
  thread: string;
  routed: RoutedRow;
  /** Rows whose fate decides about this one: it is attempted after them. */
  after: number[];
}

/**
 * Gives every row its stores, and the rows that it has to wait for. What a row's fate depends on comes first as if one thread
 * inserted all rows in order, so that any number of threads accepts the same rows; all others overlap as they like.
 */
export function planRun(
  rows: readonly EntityRow[],
  router: EntityRouter,
  { rules, writesIds }: { rules: RuleSet; writesIds: boolean },
): PlannedRow[] {
  const places: Record<Entity, number> = { user: 0, product: 0, order: 0 };
  const latest = new Map<string, number>();
  return rows.map((row, index) => {
    const routed = routeRow(row, router, rules, writesIds);
    const own = [
      ...(writesIds ? [`${row.entity} ${row.row.id}`] : []),
      ...(routed.unique ? [`= ${routed.unique.value}`] : []),
    ];
    const needed = [...own, ...routed.references.map(({ entity, id }) => `${entity} ${id}`)];
    const after = new Set(needed.flatMap((key) => latest.get(key) ?? []));
    for (const key of own) latest.set(key, index);
    return { index, thread: `${ENTITY_NAMES[row.entity].thread}-${++places[row.entity]}`, routed, after: [...after] };
  });
}

/** A row with the stores that it needs, as the router says. */
export function routeRow(row: EntityRow, router: EntityRouter, rules: RuleSet, writesId: boolean): RoutedRow {
  const store = storeOf(router, row.entity, row.row.id);
  if (rules === 'basic') return { row, writesId, store, references: [] };
  if (row.entity === 'order') {
    const references = [
      { entity: 'user' as const, id: row.row.user_id },
      { entity: 'product' as const, id: row.row.product_id },
    ];
    return {
      row,
      writesId,
      store,
      references: references.map((reference) => ({
        ...reference,
        store: storeOf(router, reference.entity, reference.id),
      })),
    };
  }
  if (row.entity === 'product') return { row, writesId, store, references: [] };
  const { email } = row.row;
  const unique = {
    column: 'email',
    value: email,
    guard: router.guardOf('user', email),
    stores: router.storesOf('user'),
  };
  return { row, writesId, store, references: [], unique };
}

/** The store of a row of an entity. */
export function storeOf(router: EntityRouter, entity: Entity, id: number): string {
  const store = router.storeOf(entity, id);
  if (store === null) throw new Error(`The router knows no store for ${entity}.`);
  return store;
}

/** Hands out the rows that may be attempted now, the three tables in turn, so that all stores are busy from the start. */
export class ReadyRows {
  private readonly waitingFor: number[];
  private readonly dependents = new Map<number, number[]>();
  private readonly queues: Record<Entity, number[]> = { user: [], product: [], order: [] };
  private readonly heads: Record<Entity, number> = { user: 0, product: 0, order: 0 };
  private turn = 0;

  constructor(private readonly plan: readonly PlannedRow[]) {
    this.waitingFor = plan.map(({ after }) => after.length);
    for (const { index, after } of plan) {
      for (const each of after) this.addDependent(each, index);
      if (after.length === 0) this.queueOf(index).push(index);
    }
  }

  /** How many can be had before any is done. */
  get size(): number {
    return ORDER.reduce((sum, entity) => sum + this.queues[entity].length - this.heads[entity], 0);
  }

  next(): PlannedRow | undefined {
    for (let tried = 0; tried < ORDER.length; tried++) {
      const entity = ORDER[this.turn++ % ORDER.length]!;
      const index = this.queues[entity][this.heads[entity]];
      if (index === undefined) continue;
      this.heads[entity]++;
      return this.plan[index];
    }
    return undefined;
  }

  done(index: number): void {
    for (const dependent of this.dependents.get(index) ?? [])
      if (--this.waitingFor[dependent]! === 0) this.queueOf(dependent).push(dependent);
  }

  private addDependent(row: number, dependent: number): void {
    const dependents = this.dependents.get(row);
    if (dependents) dependents.push(dependent);
    else this.dependents.set(row, [dependent]);
  }

  private queueOf(index: number): number[] {
    return this.queues[this.plan[index]!.routed.row.entity];
  }
}

const ORDER: readonly Entity[] = ['user', 'product', 'order'];
