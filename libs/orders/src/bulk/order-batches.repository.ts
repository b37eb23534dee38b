import { type CombinedWrite, textLiterals, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrderBatchNotFoundError } from '../errors';
import { BATCHES_UNDER_WAY, BatchStatus, batchStatusAfter } from './batch-status';
import type { BatchedOrderError, BatchResult, OrderBatch } from './order-batch';

const COLUMNS = `id, status, error_policy as "errorPolicy", total_orders as "totalOrders",
  successful_orders as "successfulOrders", failed_orders as "failedOrders", failure_reason as "failureReason",
  created_by as "createdBy", request_id as "requestId", created_at as "createdAt", completed_at as "completedAt"`;

const UNDER_WAY = `status in (${textLiterals(BATCHES_UNDER_WAY)})`;

export interface Chunk {
  firstIndex: number;
  /** Of the chunk behind it; null for the last one. */
  nextIndex: number | null;
  requests: unknown;
}

export type NewBatch = Pick<OrderBatch, 'id' | 'errorPolicy' | 'totalOrders' | 'createdBy' | 'requestId'>;

/** How far a batch is after a step. */
export type BatchProgress = Pick<OrderBatch, 'status' | 'successfulOrders' | 'failedOrders' | 'failureReason'>;

@Injectable()
export class OrderBatchesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Throws OrderBatchNotFoundError. */
  async get(id: string): Promise<OrderBatch> {
    const [batch] = await this.dataSource.query<OrderBatch[]>(
      `select ${COLUMNS} from orders.order_batches where id = $1`,
      [id],
    );
    if (!batch) throw new OrderBatchNotFoundError(id);
    return batch;
  }

  /** Whether this is who sent a batch. */
  async isOf(createdBy: string, id: string): Promise<boolean> {
    const found = await this.dataSource.query<unknown[]>(
      'select from orders.order_batches where id = $1 and created_by = $2',
      [id, createdBy],
    );
    return found.length > 0;
  }

  /** Results by index, after or, when descending, before the index `after`. */
  async findResults(
    id: string,
    { after, descending, limit, offset = 0 }: { after?: number; descending: boolean; limit: number; offset?: number },
  ): Promise<BatchResult[]> {
    return this.dataSource.query<BatchResult[]>(
      `select index, order_id as "orderId", error from orders.order_batch_results
        where batch_id = $1 and index ${descending ? '<' : '>'} $2
        order by index ${descending ? 'desc' : 'asc'} limit $3 offset $4`,
      [id, after ?? (descending ? 2 ** 31 - 1 : -1), limit, offset],
    );
  }

  /**
   * Stores a batch whose orders wait; undefined, and nothing is stored, when those of others are more than `waitingMax` already.
   * Served by the partial index of batches under way.
   */
  async insertPending(tx: Tx<'orders'>, batch: NewBatch, waitingMax: number): Promise<OrderBatch | undefined> {
    const [stored] = await tx.query<OrderBatch[]>(
      `insert into orders.order_batches (id, status, error_policy, total_orders, created_by, request_id)
       select $1, '${BatchStatus.pending}', $2, $3, $4, $5
        where (select coalesce(sum(total_orders - successful_orders - failed_orders), 0)
                 from orders.order_batches where ${UNDER_WAY}) < $6
       returning ${COLUMNS}`,
      [batch.id, batch.errorPolicy, batch.totalOrders, batch.createdBy, batch.requestId, waitingMax],
    );
    return stored;
  }

  /** Stores some waiting orders of a batch. All of a batch at once, up to 16 MiB, hold the event loop up while they are sent. */
  async insertChunk(
    tx: Tx<'orders'>,
    id: string,
    { firstIndex, json }: { firstIndex: number; json: string },
  ): Promise<void> {
    await tx.query(`insert into orders.order_batch_chunks (batch_id, first_index, requests) values ($1, $2, $3)`, [
      id,
      firstIndex,
      json,
    ]);
  }

  /** Says that somebody works on the batch now; undefined when it has come to its end. `attempts` counts until it gets further. */
  async begin(tx: Tx<'orders'>, id: string): Promise<(OrderBatch & { attempts: number }) | undefined> {
    const [[batch]] = await tx.query<[(OrderBatch & { attempts: number })[], number]>(
      `update orders.order_batches set status = '${BatchStatus.processing}', attempts = attempts + 1, progressed_at = now()
        where id = $1 and ${UNDER_WAY} returning ${COLUMNS}, attempts`,
      [id],
    );
    return batch;
  }

  /** The attempt ended for a reason that is not the batch's. */
  async forgiveAttempt(id: string): Promise<void> {
    await this.dataSource.query(
      `update orders.order_batches set attempts = attempts - 1 where id = $1 and attempts > 0 and ${UNDER_WAY}`,
      [id],
    );
  }

  /**
   * Locks a batch that was begun, before any stock, so that two workers do not place its orders side by side; undefined when it has
   * ended.
   */
  async lockBegun(tx: Tx<'orders'>, id: string): Promise<OrderBatch | undefined> {
    const [batch] = await tx.query<OrderBatch[]>(
      `select ${COLUMNS} from orders.order_batches where id = $1 and status = '${BatchStatus.processing}' for update`,
      [id],
    );
    return batch;
  }

  /** Up to `limit` waiting chunks of a batch, in request order. */
  async findChunks(tx: Tx<'orders'>, id: string, limit: number): Promise<Chunk[]> {
    return tx.query<Chunk[]>(
      `select first_index as "firstIndex", requests, lead(first_index) over (order by first_index) as "nextIndex"
         from orders.order_batch_chunks
        where batch_id = $1 order by first_index limit $2`,
      [id, limit],
    );
  }

  /** Gives every order of a batch that has no result yet this error, and drops what waits. */
  async failTheRest(tx: Tx<'orders'>, batch: OrderBatch, error: BatchedOrderError): Promise<void> {
    await tx.query(
      `insert into orders.order_batch_results (batch_id, index, error)
       select $1, index, $3::jsonb from generate_series(0, $2::integer - 1) index
       on conflict (batch_id, index) do nothing`,
      [batch.id, batch.totalOrders, JSON.stringify(error)],
    );
    await tx.query(`delete from orders.order_batch_chunks where batch_id = $1`, [batch.id]);
  }

  /**
   * Up to `limit` batches after the id `after`, by id, that did not get any further for `minutes`; for as long again nobody else
   * gets them.
   */
  async claimStale(tx: Tx<'orders'>, minutes: number, after: string, limit: number): Promise<OrderBatch[]> {
    const [batches] = await tx.query<[OrderBatch[], number]>(
      `update orders.order_batches set progressed_at = now()
        where id in (select id from orders.order_batches
                      where ${UNDER_WAY} and progressed_at <= now() - $1 * interval '1 minute' and id > $2
                      order by id limit $3 for update skip locked)
       returning ${COLUMNS}`,
      [minutes, after, limit],
    );
    return batches.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** Adds a batch that is decided already to a write. */
export function addDecidedBatch(write: CombinedWrite, batch: NewBatch & BatchProgress): void {
  write.add(
    'new_batch',
    (bind) => `
      insert into orders.order_batches (id, status, error_policy, total_orders, successful_orders, failed_orders, failure_reason,
                                        created_by, request_id, completed_at)
      select *, now() from unnest(
        ${bind([batch.id], 'uuid')}, ${bind([batch.status], 'text')}, ${bind([batch.errorPolicy], 'text')},
        ${bind([batch.totalOrders], 'integer')}, ${bind([batch.successfulOrders], 'integer')},
        ${bind([batch.failedOrders], 'integer')}, ${bind([batch.failureReason], 'text')},
        ${bind([batch.createdBy], 'text')}, ${bind([batch.requestId], 'text')})`,
  );
}

/** Adds results to a write. A second result for an index is refused by the primary key. */
export function addResults(write: CombinedWrite, batchId: string, results: readonly BatchResult[]): void {
  write.insert('new_results', 'orders.order_batch_results', results, {
    batch_id: ['uuid', () => batchId],
    index: ['integer', ({ index }) => index],
    order_id: ['uuid', ({ orderId }) => orderId],
    error: ['jsonb', ({ error }) => error && JSON.stringify(error)],
  });
}

/** Adds the end of a chunk to the write that places its orders: it waits no longer. Another worker's chunk commits nothing. */
export function removeChunk(write: CombinedWrite, batchId: string, firstIndex: number): void {
  write.add(
    'done_chunk',
    (bind) => `
      delete from orders.order_batch_chunks chunk
       using unnest(${bind([batchId], 'uuid')}, ${bind([firstIndex], 'integer')}) done (batch_id, first_index)
       where chunk.batch_id = done.batch_id and chunk.first_index = done.first_index
       returning 1`,
    { rows: 1 },
  );
}

/** Adds the progress of a batch, which was locked as begun, to the write that made it. */
export function addProgress(write: CombinedWrite, batchId: string, progress: BatchProgress): void {
  write.add(
    'batch_progress',
    (bind) => `
      update orders.order_batches batch
         set status = after.status, successful_orders = after.successful, failed_orders = after.failed,
             failure_reason = after.reason, attempts = 0, progressed_at = now(),
             completed_at = case when after.status <> '${BatchStatus.processing}' then clock_timestamp() end
        from unnest(${bind([batchId], 'uuid')}, ${bind([progress.status], 'text')},
                    ${bind([progress.successfulOrders], 'integer')}, ${bind([progress.failedOrders], 'integer')},
                    ${bind([progress.failureReason], 'text')}) after (id, status, successful, failed, reason)
       where batch.id = after.id and batch.status = '${BatchStatus.processing}'
       returning 1`,
    { rows: 1 },
  );
}

/** What a batch is when these orders of it were placed and those were not, and whether some still wait. */
export function progressOf(
  totalOrders: number,
  successfulOrders: number,
  failedOrders: number,
  failureReason: string,
): BatchProgress {
  const status = batchStatusAfter(totalOrders, successfulOrders, failedOrders);
  const hasFailed = status === BatchStatus.failed;
  return { status, successfulOrders, failedOrders, failureReason: hasFailed ? failureReason : null };
}
