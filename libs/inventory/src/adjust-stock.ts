import { CombinedWrite, type Once, type Principal, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import {
  CannotRemoveStockError,
  CapacityExceededError,
  StockLevelNotFoundError,
  UnexpectedQuantityError,
} from './errors';
import { LocalStockGate } from './local-stock-gate';
import type { LockedLevel } from './locked-stock';

export const ADJUSTMENT_TYPES = ['add', 'remove', 'set', 'damage'] as const;
export type AdjustmentType = (typeof ADJUSTMENT_TYPES)[number];

export interface Adjustment {
  productId: number;
  type: AdjustmentType;
  quantity: number;
  notes?: string;
  referenceNumber?: string;
  principal: Principal;
  /** Units on hand that the caller saw: with any other figure nothing is changed. */
  expectedQuantity?: number;
  /** Kept with the movement, as the next one is. */
  idempotencyKey?: string;
  requestId?: string;
}

export interface AdjustedQuantity {
  previousQuantity: number;
  newQuantity: number;
}

const SET_UNSEEN = 'set without expected_quantity';

/** What each type means for the quantity on hand, and the movement it leaves in the ledger. Goods that are added were received. */
const EFFECTS = {
  add: { kind: 'receive', delta: (quantity: number) => quantity },
  remove: { kind: 'adjust', delta: (quantity: number) => -quantity },
  set: { kind: 'adjust', delta: (quantity: number, { onHand }: LockedLevel) => quantity - onHand },
  damage: { kind: 'damage', delta: (quantity: number) => -quantity },
} as const;

/**
 * Changes what is on hand, never below what orders reserve and never above the capacity. A count that nobody compared with what was there before
 * may undo what happened meanwhile: its movement says so.
 */
@Injectable()
export class AdjustStock {
  constructor(
    private readonly transactions: Transactions<'inventory'>,
    private readonly stockGate: LocalStockGate,
  ) {}

  async execute(adjustment: Adjustment, once?: Once<AdjustedQuantity, 'inventory'>): Promise<AdjustedQuantity> {
    const { productId, type, quantity, referenceNumber, principal, expectedQuantity } = adjustment;
    return this.transactions.run(
      async (tx) => {
        const stock = await this.stockGate.lock(tx, [productId]);
        const level = stock.find(productId);
        if (!level) throw new StockLevelNotFoundError(productId);
        if (expectedQuantity !== undefined && expectedQuantity !== level.onHand)
          throw new UnexpectedQuantityError(expectedQuantity, level.onHand);
        const { kind, delta: deltaOf } = EFFECTS[type];
        const delta = deltaOf(quantity, level);
        if (-delta > stock.available(productId)) throw new CannotRemoveStockError(-delta, stock.available(productId));
        const previousQuantity = level.onHand;
        const newQuantity = previousQuantity + delta;
        if (delta > 0 && newQuantity > level.maximumCapacity)
          throw new CapacityExceededError(newQuantity, level.maximumCapacity);
        stock.changeOnHand(kind, productId, delta, {
          processedBy: principal.text,
          notes: notesOf(adjustment),
          referenceNumber,
          idempotencyKey: adjustment.idempotencyKey,
          requestId: adjustment.requestId,
        });
        const write = new CombinedWrite();
        stock.writeTo(write);
        await write.execute(tx);
        return { previousQuantity, newQuantity };
      },
      { once },
    );
  }
}

function notesOf({ type, expectedQuantity, notes }: Adjustment): string | undefined {
  if (type !== 'set' || expectedQuantity !== undefined) return notes;
  return notes === undefined ? SET_UNSEEN : `${notes} (${SET_UNSEEN})`;
}
