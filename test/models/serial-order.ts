import { isDeepStrictEqual } from 'node:util';
import type { Operation, Outcome } from './operation';
import { modelFacts, type ShopFacts } from './shop-facts';
import type { ShopModel } from './shop-model';

/** An operation that ran with others, and what became of it. */
export interface Concurrent {
  operation: Operation;
  outcome: Outcome;
}

/**
 * Looks for an order in which the operations could have run one after the other with these outcomes and this end, and returns the
 * model at that end; undefined when there is none. Steps of one operation keep their order, and others may come between them.
 */
export function explain(model: ShopModel, concurrent: readonly Concurrent[], facts: ShopFacts): ShopModel | undefined {
  const busy = concurrent.map((one) => keysInUse(one, concurrent));
  const search = (state: ShopModel, done: readonly number[], partial: readonly Outcome[]): ShopModel | undefined => {
    if (concurrent.every(({ operation }, index) => done[index] === operation.steps.length))
      return isDeepStrictEqual(modelFacts(state), facts) ? state : undefined;
    for (const [index, { operation, outcome }] of concurrent.entries()) {
      const step = operation.steps[done[index]!];
      if (!step) continue;
      const next = state.copy();
      const soFar = { ...partial[index], ...step.inModel(next, busy[index]) };
      // What an operation said so far must be part of what it said in the end.
      if (!Object.entries(soFar).every(([name, value]) => sameAnswer(outcome[name], value))) continue;
      const found = search(next, done.with(index, done[index]! + 1), partial.with(index, soFar));
      if (found) return found;
    }
    return undefined;
  };
  return search(
    model,
    concurrent.map(() => 0),
    concurrent.map(() => ({})),
  );
}

/** Requests that were told that their key is in use, where another of the operations does use it. */
function keysInUse({ operation, outcome }: Concurrent, all: readonly Concurrent[]): ReadonlySet<number> {
  const others = new Set(all.filter((other) => other.operation !== operation).flatMap((other) => other.operation.keys));
  const answers = (outcome.placed ?? []) as string[];
  return new Set(
    answers.flatMap((answer, index) =>
      answer === 'IDEMPOTENCY_KEY_IN_USE' && others.has(operation.keys[index]) ? [index] : [],
    ),
  );
}

/**
 * A batch looks for repetitions before it waits for the stock. What commits in between is a repetition and reserves the stock: either
 * reason to refuse is true.
 */
function sameAnswer(one: unknown, other: unknown): boolean {
  const refused = (answer: unknown) =>
    JSON.stringify(answer)?.replaceAll(/INVENTORY_INSUFFICIENT_STOCK|ORDER_DUPLICATE/g, 'refused');
  return refused(one) === refused(other);
}
