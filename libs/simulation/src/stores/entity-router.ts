import { ENTITIES, type Entity } from '../contracts/attempt';
import { ENTITY_NAMES } from '../rows/entity-row';

/** Which of `shards` stores a row belongs to, from 0. The same id must always give the same store: reads ask it, too. */
export type ShardRule = (id: number, shards: number) => number;

/** Ids that follow each other go to stores that follow each other. */
export const byRemainder: ShardRule = (id, shards) => (((id - 1) % shards) + shards) % shards;

/** Tells the store of every row: by its entity, and by its id where an entity has several. Every read and every write asks it. */
export class EntityRouter {
  constructor(
    private readonly shards: number = 1,
    private readonly shardOf: ShardRule = byRemainder,
  ) {}

  /** The name of the store of a row, such as `users_db` or `users_db_2`; null for what is not an entity of the simulation. */
  storeOf(entity: string, id: number): string | null {
    return isEntity(entity) ? this.storeAt(entity, this.shardOf(id, this.shards)) : null;
  }

  /** All stores of an entity, in the order in which they are locked. */
  storesOf(entity: Entity): string[] {
    return Array.from({ length: this.shards }, (_, shard) => this.storeAt(entity, shard));
  }

  /** The store in which whoever is about to insert a value takes turns, wherever the row itself goes. */
  guardOf(entity: Entity, value: string): string {
    return this.storeAt(entity, hashOf(value) % this.shards);
  }

  private storeAt(entity: Entity, shard: number): string {
    if (!Number.isInteger(shard) || shard < 0 || shard >= this.shards)
      throw new RangeError(`The shard rule gave ${shard}, and there are ${this.shards} shards from 0.`);
    return storeName(entity, shard);
  }
}

/** The first store has the plain name, so that one without shards is found again by a run with them. */
export function storeName(entity: Entity, shard: number): string {
  return shard === 0 ? ENTITY_NAMES[entity].database : `${ENTITY_NAMES[entity].database}_${shard + 1}`;
}

function isEntity(name: string): name is Entity {
  return ENTITIES.some((entity) => entity === name);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
