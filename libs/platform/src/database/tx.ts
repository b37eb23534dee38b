import type { EntityManager } from 'typeorm';

/** An open transaction. A use case that takes one neither commits nor rolls back: its caller does. */
export type Tx = EntityManager;
