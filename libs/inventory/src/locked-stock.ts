import type { CombinedWrite } from '@app/platform';
import { type ResolvedState, ReservationState } from './reservation-state';
import { RESERVED, shortagesOf } from './shortages';
import { type ReservedUnits, type Movement, StockChanges } from './stock-changes';
import type {
  ReservedStock,
  ReservedOrder,
  ReservableStock,
  ReservationMismatch,
  ReserveOutcome,
  ResolveOutcome,
  StockRequest,
} from './stock-gate';
import type { MovementKind } from './stock-movement.entity';

export interface LockedLevel {
  productId: number;
  onHand: number;
  reserved: number;
  maximumCapacity: number;
}

export interface MovementNote {
  processedBy: string;
  referenceNumber?: string;
  notes?: string;
  idempotencyKey?: string;
  /** The request that asked for it; movements of orders do not repeat what their order says. */
  requestId?: string;
}

const RESOLVED = { result: 'resolved' } as const;
const STATE_AFTER = { fulfill: ReservationState.fulfilled, release: ReservationState.released } as const;

/**
 * Stock rows that this transaction has locked. Movements are decided here in memory, one after the other, each on what the one
 * before left; `writeTo` then writes ledger, levels and reservations as sets. It exists only between the lock and the commit.
 */
export class LockedStock implements ReservableStock, ReservedStock {
  private readonly levels: Map<number, LockedLevel>;
  private movements: Movement[] = [];
  private reserved: ReservedUnits[] = [];
  private resolved: (ReservedUnits & { state: ResolvedState })[] = [];

  constructor(
    levels: readonly LockedLevel[],
    readonly transactionTime?: Date,
    /** What the orders that are being moved reserve; empty when placing. */
    private readonly held: Map<string, readonly ReservedUnits[]> = new Map(),
  ) {
    this.levels = new Map(levels.map((level) => [level.productId, level]));
  }

  /** The product's level as this transaction would leave it now; undefined for a product without stock. */
  find(productId: number): Readonly<LockedLevel> | undefined {
    return this.levels.get(productId);
  }

  /** on hand − reserved, as this transaction would leave it now. */
  available(productId: number): number {
    const { onHand, reserved } = this.level(productId);
    return onHand - reserved;
  }

  reserve(orders: readonly StockRequest[]): ReserveOutcome[] {
    return orders.map(({ orderId, lines, processedBy }) => {
      const shortages = shortagesOf(lines, (productId) => this.levels.get(productId));
      if (shortages.length > 0) return { result: 'short', shortages };
      const note = { processedBy };
      for (const { productId, quantity } of lines) {
        this.move('reserve', productId, quantity, 0, quantity, note, orderId);
        this.reserved.push({ orderId, productId, quantity });
      }
      return RESERVED;
    });
  }

  fulfill(orders: readonly ReservedOrder[]): ResolveOutcome[] {
    return orders.map((order) => this.resolve(order, 'fulfill'));
  }

  release(orders: readonly ReservedOrder[]): ResolveOutcome[] {
    return orders.map((order) => this.resolve(order, 'release'));
  }

  /** Changes what is on hand: goods received (+), found or lost at a count (±), damaged (−). */
  changeOnHand(kind: 'receive' | 'adjust' | 'damage', productId: number, delta: number, note: MovementNote): void {
    this.move(kind, productId, Math.abs(delta), delta, 0, note);
  }

  /** Adds everything that was decided to the transaction's one write. */
  writeTo(write: CombinedWrite): void {
    this.takeChanges().writeTo(write);
  }

  /**
   * What was decided since the last call, to be written later: what is too much for one statement is decided as a whole and
   * written in parts, in the order in which it was taken.
   */
  takeChanges(): StockChanges {
    const touched = [...new Set(this.movements.map(({ productId }) => productId))].map((productId) => {
      const { onHand, reserved } = this.level(productId);
      return { productId, onHand, reserved };
    });
    const changes = new StockChanges(this.movements, touched, this.reserved, this.resolved);
    this.movements = [];
    this.reserved = [];
    this.resolved = [];
    return changes;
  }

  private resolve(order: ReservedOrder, kind: keyof typeof STATE_AFTER): ResolveOutcome {
    const held = this.held.get(order.orderId) ?? [];
    const mismatch = this.findMismatch(held, order.lineCount, kind);
    if (mismatch) return { result: 'mismatch', mismatch };
    this.held.delete(order.orderId);
    for (const reservation of held) {
      const { productId, quantity } = reservation;
      this.move(kind, productId, quantity, kind === 'fulfill' ? -quantity : 0, -quantity, order, order.orderId);
      this.resolved.push({ ...reservation, state: STATE_AFTER[kind] });
    }
    return RESOLVED;
  }

  /**
   * Why an order of `lineCount` lines can not be resolved; undefined when it can. Decided on what those before it left, so that a row
   * that was changed outside of the product makes its own orders fail and no others: the write of all would be refused.
   */
  private findMismatch(
    held: readonly ReservedUnits[],
    lineCount: number,
    kind: keyof typeof STATE_AFTER,
  ): ReservationMismatch | undefined {
    for (const { productId, quantity } of held) {
      const { onHand, reserved } = this.level(productId);
      const left = { onHand: kind === 'fulfill' ? onHand - quantity : onHand, reserved: reserved - quantity };
      if (left.reserved < 0 || left.onHand < left.reserved)
        return {
          productId,
          reason: `it reserves ${quantity}, and the stock level says ${reserved} reserved of ${onHand} on hand`,
        };
    }
    if (held.length === lineCount) return undefined;
    return {
      missingOf: held.map(({ productId }) => productId),
      reason: `${held.length} of its ${lineCount} lines have a held reservation and a stock level`,
    };
  }

  private level(productId: number): LockedLevel {
    const level = this.levels.get(productId);
    if (!level) throw new Error(`Stock of product ${productId} is not locked by this transaction`);
    return level;
  }

  private move(
    kind: MovementKind,
    productId: number,
    quantity: number,
    onHandDelta: number,
    reservedDelta: number,
    note: MovementNote,
    orderId: string | null = null,
  ): void {
    const level = this.level(productId);
    const { onHand, reserved } = level;
    level.onHand += onHandDelta;
    level.reserved += reservedDelta;
    this.movements.push({
      productId,
      orderId,
      kind,
      quantity,
      previousOnHand: onHand,
      newOnHand: level.onHand,
      previousReserved: reserved,
      newReserved: level.reserved,
      referenceNumber: note.referenceNumber ?? null,
      notes: note.notes ?? null,
      processedBy: note.processedBy,
      idempotencyKey: note.idempotencyKey ?? null,
      requestId: (orderId === null && note.requestId) || null,
    });
  }
}
