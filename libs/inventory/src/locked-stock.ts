import type { CombinedWrite } from '@app/platform';
import type { MovementKind } from './stock-movement.entity';

export interface LockedLevel {
  productId: number;
  onHand: number;
  reserved: number;
  maximumCapacity: number;
}

/** Units of one product that one order holds. */
export interface HeldReservation {
  orderId: string;
  productId: number;
  quantity: number;
}

interface Movement {
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
}

export interface MovementNote {
  processedBy: string;
  referenceNumber?: string;
  notes?: string;
}

/**
 * Stock rows that this transaction has locked. Movements are decided here in memory, one after the other, each on what the one
 * before left; `writeTo` then writes ledger, levels and reservations as sets. It exists only between the lock and the commit.
 */
export class LockedStock {
  private readonly levels: Map<number, LockedLevel>;
  private readonly movements: Movement[] = [];
  private readonly reserved: HeldReservation[] = [];
  private readonly resolved: (HeldReservation & { state: 'fulfilled' | 'released' })[] = [];

  constructor(
    levels: readonly LockedLevel[],
    /** The database's `now()` of this transaction; undefined when nothing was there to lock. */
    readonly transactionTime?: Date,
    /** What the orders that are being moved hold; empty when placing. */
    private readonly held: ReadonlyMap<string, readonly HeldReservation[]> = new Map(),
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

  /** Holds units for an order. The caller has seen that they are available. */
  reserve(orderId: string, productId: number, quantity: number, note: MovementNote): void {
    this.move('reserve', productId, quantity, 0, quantity, note, orderId);
    this.reserved.push({ orderId, productId, quantity });
  }

  /** The order's goods left: on hand and reserved fall together. */
  fulfill(orderId: string, note: MovementNote): void {
    for (const held of this.held.get(orderId) ?? []) {
      this.move('fulfill', held.productId, held.quantity, -held.quantity, -held.quantity, note, orderId);
      this.resolved.push({ ...held, state: 'fulfilled' });
    }
  }

  /** The order gives its units back. */
  release(orderId: string, note: MovementNote): void {
    for (const held of this.held.get(orderId) ?? []) {
      this.move('release', held.productId, held.quantity, 0, -held.quantity, note, orderId);
      this.resolved.push({ ...held, state: 'released' });
    }
  }

  /** Changes what is on hand: goods received (+), found or lost at a count (±), damaged (−). */
  changeOnHand(kind: 'receive' | 'adjust' | 'damage', productId: number, delta: number, note: MovementNote): void {
    this.move(kind, productId, Math.abs(delta), delta, 0, note);
  }

  /** Adds everything that was decided to the transaction's one write. */
  writeTo(write: CombinedWrite): void {
    if (this.movements.length === 0) return;
    this.writeMovements(write);
    this.writeLevels(write);
    if (this.reserved.length > 0) this.writeReservations(write);
    if (this.resolved.length > 0) this.writeResolutions(write);
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
    });
  }

  private writeMovements(write: CombinedWrite): void {
    const column = <Key extends keyof Movement>(key: Key) => this.movements.map((movement) => movement[key]);
    write.add(
      'stock_movements',
      (bind) => `
        insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand,
                                               previous_reserved, new_reserved, reference_number, notes, processed_by)
        select * from unnest(
          ${bind(column('productId'), 'bigint')}, ${bind(column('orderId'), 'uuid')}, ${bind(column('kind'), 'text')},
          ${bind(column('quantity'), 'bigint')},
          ${bind(column('previousOnHand'), 'bigint')}, ${bind(column('newOnHand'), 'bigint')},
          ${bind(column('previousReserved'), 'bigint')}, ${bind(column('newReserved'), 'bigint')},
          ${bind(column('referenceNumber'), 'text')}, ${bind(column('notes'), 'text')}, ${bind(column('processedBy'), 'text')})`,
    );
  }

  private writeLevels(write: CombinedWrite): void {
    const touched = [...new Set(this.movements.map(({ productId }) => productId))].map((id) => this.level(id));
    write.add(
      'stock_levels',
      (bind) => `
        update inventory.stock_levels level
           set on_hand = decided.on_hand, reserved = decided.reserved, version = level.version + 1, updated_at = now()
          from unnest(${bind(
            touched.map(({ productId }) => productId),
            'bigint',
          )},
                      ${bind(
                        touched.map(({ onHand }) => onHand),
                        'bigint',
                      )},
                      ${bind(
                        touched.map(({ reserved }) => reserved),
                        'bigint',
                      )}) decided (product_id, on_hand, reserved)
         where level.product_id = decided.product_id
         returning 1`,
      { rows: touched.length },
    );
  }

  private writeReservations(write: CombinedWrite): void {
    write.add(
      'reservations',
      (bind) => `
        insert into inventory.reservations (order_id, product_id, quantity)
        select * from unnest(
          ${bind(
            this.reserved.map(({ orderId }) => orderId),
            'uuid',
          )},
          ${bind(
            this.reserved.map(({ productId }) => productId),
            'bigint',
          )},
          ${bind(
            this.reserved.map(({ quantity }) => quantity),
            'bigint',
          )})`,
    );
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
           and reservation.state = 'held'
         returning 1`,
      { rows: this.resolved.length },
    );
  }
}
