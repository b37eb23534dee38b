import type { EntityManager } from 'typeorm';
import type { ContextName } from '../config/context-urls';

declare const contexts: unique symbol;

/**
 * An open transaction in a database that has these contexts. A use case that takes one neither commits nor rolls back: its caller does.
 * What reads or writes one context takes a transaction of that one, and the compiler lets it have any whose database has it:
 * `Tx<'orders' | 'inventory'>` is a `Tx<'orders'>`, and no `Tx<'products'>`, which may be in another database.
 */
export type Tx<Contexts extends ContextName> = EntityManager & {
  /** There is no such property: it is what the compiler compares. */
  readonly [contexts]?: { readonly [context in Contexts]: true };
};

/** A transaction in whatever database, for what every database has: outbox, versions, dead letters. */
export type AnyTx = Tx<never>;
