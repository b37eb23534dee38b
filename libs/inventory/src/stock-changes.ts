import type { CombinedWrite } from '@app/platform';
import { type ResolvedState, ReservationState } from './reservation-state';
import type { StockWrite } from './stock-gate';
import type { MovementKind } from './stock-movement.entity';

/** What a product's row shall say. */
export interface DecidedLevel {
  productId: number;
  onHand: number;
  reserved: number;
}

/** Units of one product that one order reserves. */
export interface ReservedUnits {
  orderId: string;
  productId: number;
  quantity: number;
}

export interface Movement {
  productId: number;
  orderId: string | null;
  kind: MovementKind;
  quantity: number;
  previousOnHand: number;
  newOnHand: number;
  previousReserved: number;
  newReserved: number;
  referenceNumber: string | null;
  notes: string | null;
  processedBy: string;
  idempotencyKey: string | null;
  requestId: string | null;
}

/** Movements of one transaction with what they lead to, decided on locked rows and ready to be written as sets. */
export class StockChanges implements StockWrite {
  constructor(
    private readonly movements: readonly Movement[],
    private readonly levels: readonly DecidedLevel[],
    private readonly reserved: readonly ReservedUnits[],
    private readonly resolved: readonly (ReservedUnits & { state: ResolvedState })[],
  ) {}

  /** Adds ledger, levels and reservations to a write. */
  writeTo(write: CombinedWrite): void {
    if (this.movements.length === 0) return;
    this.writeMovements(write);
    this.writeLevels(write);
    if (this.reserved.length > 0) this.writeReservations(write);
    if (this.resolved.length > 0) this.writeResolutions(write);
  }

  private writeMovements(write: CombinedWrite): void {
    // Movements of orders have neither: two columns less to send and to read on the hot path.
    const isKeyed = this.movements.some(({ idempotencyKey }) => idempotencyKey !== null);
    const isRequested = this.movements.some(({ requestId }) => requestId !== null);
    write.insert('stock_movements', 'inventory.stock_movements', this.movements, {
      product_id: ['bigint', (movement) => movement.productId],
      order_id: ['uuid', (movement) => movement.orderId],
      kind: ['text', (movement) => movement.kind],
      quantity: ['bigint', (movement) => movement.quantity],
      previous_on_hand: ['bigint', (movement) => movement.previousOnHand],
      new_on_hand: ['bigint', (movement) => movement.newOnHand],
      previous_reserved: ['bigint', (movement) => movement.previousReserved],
      new_reserved: ['bigint', (movement) => movement.newReserved],
      reference_number: ['text', (movement) => movement.referenceNumber],
      notes: ['text', (movement) => movement.notes],
      processed_by: ['text', (movement) => movement.processedBy],
      ...(isKeyed ? { idempotency_key: ['text', (movement) => movement.idempotencyKey] } : {}),
      ...(isRequested ? { request_id: ['text', (movement) => movement.requestId] } : {}),
    });
  }

  private writeLevels(write: CombinedWrite): void {
    write.add(
      'stock_levels',
      (bind) => `
        update inventory.stock_levels level
           set on_hand = decided.on_hand, reserved = decided.reserved, version = level.version + 1, updated_at = now()
          from unnest(${bind(
            this.levels.map(({ productId }) => productId),
            'bigint',
          )},
                      ${bind(
                        this.levels.map(({ onHand }) => onHand),
                        'bigint',
                      )},
                      ${bind(
                        this.levels.map(({ reserved }) => reserved),
                        'bigint',
                      )}) decided (product_id, on_hand, reserved)
         where level.product_id = decided.product_id
         returning 1`,
      { rows: this.levels.length },
    );
  }

  private writeReservations(write: CombinedWrite): void {
    write.insert('reservations', 'inventory.reservations', this.reserved, {
      order_id: ['uuid', ({ orderId }) => orderId],
      product_id: ['bigint', ({ productId }) => productId],
      quantity: ['bigint', ({ quantity }) => quantity],
    });
  }

  private writeResolutions(write: CombinedWrite): void {
    write.add(
      'resolutions',
      (bind) => `
        update inventory.reservations reservation set state = decided.state
          from unnest(${bind(
            this.resolved.map(({ orderId }) => orderId),
            'uuid',
          )},
                      ${bind(
                        this.resolved.map(({ productId }) => productId),
                        'bigint',
                      )},
                      ${bind(
                        this.resolved.map(({ state }) => state),
                        'text',
                      )}) decided (order_id, product_id, state)
         where reservation.order_id = decided.order_id and reservation.product_id = decided.product_id
           and reservation.state = '${ReservationState.held}'
         returning 1`,
      { rows: this.resolved.length },
    );
  }
}
