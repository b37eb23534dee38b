import type { ChangeContext } from '@app/audit';
import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ReservationState } from './reservation-state';
import type { MovementKind } from './stock-movement.entity';

/** The reference of a movement that corrects the ledger: the rows of its order are compared by their sum from then on. */
export const CORRECTION = 'stock-correction';

/** What an order says about its units of a product, beside what reservation and ledger say. */
export interface StockOfOrder {
  orderId: string;
  productId: number;
  /** Null when there is no such order. */
  status: string | null;
  /** 0 when the order has no such line. */
  ordered: number;
  /** Null without a reservation. */
  quantity: number | null;
  state: ReservationState | null;
  /** Null when there must be none. */
  expectedState: ReservationState | null;
  /** What the movements of the order add up to. */
  movedOnHand: number;
  movedReserved: number;
}

interface MissingMovement {
  kind: MovementKind;
  quantity: number;
  onHand: number;
  reserved: number;
}

/**
 * Movements that the ledger needs so that it says what the order says, in an order in which reserved never falls below nothing.
 * Undefined when goods left by the ledger that the order has not sent: only a count of the shelf tells which is right.
 */
export function missingMovements(stock: StockOfOrder): MissingMovement[] | undefined {
  const { ordered, expectedState, movedOnHand, movedReserved } = stock;
  const onHand = (expectedState === ReservationState.fulfilled ? -ordered : 0) - movedOnHand;
  if (onHand > 0) return undefined;
  const fulfilled = -onHand;
  const reserved = (expectedState === ReservationState.held ? ordered : 0) - movedReserved + fulfilled;
  const movements: MissingMovement[] = [];
  if (reserved > 0) movements.push({ kind: 'reserve', quantity: reserved, onHand: 0, reserved });
  if (fulfilled > 0) movements.push({ kind: 'fulfill', quantity: fulfilled, onHand: -fulfilled, reserved: -fulfilled });
  if (reserved < 0) movements.push({ kind: 'release', quantity: -reserved, onHand: 0, reserved });
  return movements;
}

/**
 * Makes reservations, ledger and level of one product say what its orders say. The ledger is not changed: what it lacks is
 * appended, and a movement of quantity 0, with a row of stock_repairs, closes the correction. The caller has locked the orders and
 * the level, and has seen them after that. Throws what the constraints refuse, for example when less is on hand than orders hold.
 */
@Injectable()
export class CorrectStock {
  async execute(
    tx: Tx<'inventory'>,
    productId: number,
    stock: readonly StockOfOrder[],
    { principal, requestId, reason }: ChangeContext,
  ): Promise<void> {
    await this.replaceReservations(tx, productId, stock);
    const [sum] = await tx.query<[{ onHand: number; reserved: number; fulfilled: number }]>(
      `select coalesce(sum(new_on_hand - previous_on_hand), 0)::bigint as "onHand",
              coalesce(sum(new_reserved - previous_reserved), 0)::bigint as reserved,
              coalesce(sum(quantity) filter (where kind = 'fulfill'), 0)::bigint as fulfilled
         from inventory.stock_movements where product_id = $1`,
      [productId],
    );
    const rows: unknown[][] = [];
    for (const each of stock)
      for (const { kind, quantity, onHand, reserved } of missingMovements(each) ?? []) {
        const before = [sum.onHand, sum.reserved];
        sum.onHand += onHand;
        sum.reserved += reserved;
        if (kind === 'fulfill') sum.fulfilled += quantity;
        rows.push([each.orderId, kind, quantity, before[0], sum.onHand, before[1], sum.reserved]);
      }
    await tx.query(
      `insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand,
                                              previous_reserved, new_reserved, reference_number, notes, processed_by)
       select $1, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, $2, $3, $4
         from unnest($5::uuid[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
              with ordinality missing (order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, n)
        order by n`,
      [
        productId,
        CORRECTION,
        reason ?? null,
        principal.text,
        ...Array.from({ length: 7 }, (_, at) => rows.map((row) => row[at])),
      ],
    );
    await tx.query(
      `with level as (
         select on_hand, reserved from inventory.stock_levels where product_id = $1),
       mark as (
         insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand,
                                                previous_reserved, new_reserved, notes, processed_by, request_id)
         select $1, 'adjust', 0, $2, $2, $3, $3,
                format('Set to the orders: on hand %s → %s, reserved %s → %s. %s', on_hand, $2::bigint, reserved, $3::bigint, $4::text), $5, $6
           from level
         returning id),
       repair as (
         insert into inventory.stock_repairs (movement_id, product_id, level_on_hand, level_reserved, request_id)
         select id, $1, on_hand, reserved, $6 from mark, level),
       kept as (
         insert into inventory.ledger_sums (product_id, movement_id, on_hand, reserved, fulfilled)
         select $1, id, $2, $3, $7 from mark
         on conflict (product_id) do update
           set movement_id = excluded.movement_id, on_hand = excluded.on_hand, reserved = excluded.reserved,
               fulfilled = excluded.fulfilled)
       update inventory.stock_levels set on_hand = $2, reserved = $3, version = version + 1, updated_at = now()
        where product_id = $1`,
      [
        productId,
        sum.onHand,
        sum.reserved,
        reason ?? 'No reason was given.',
        principal.text,
        requestId ?? null,
        sum.fulfilled,
      ],
    );
  }

  /** Replaced, not changed: a reservation that was resolved can not be changed, whoever asks. */
  private async replaceReservations(
    tx: Tx<'inventory'>,
    productId: number,
    stock: readonly StockOfOrder[],
  ): Promise<void> {
    await tx.query(`delete from inventory.reservations where product_id = $1 and order_id = any($2::uuid[])`, [
      productId,
      stock.map(({ orderId }) => orderId),
    ]);
    const expected = stock.filter(({ expectedState }) => expectedState);
    await tx.query(
      `insert into inventory.reservations (product_id, order_id, quantity, state)
       select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[])`,
      [
        productId,
        expected.map(({ orderId }) => orderId),
        expected.map(({ ordered }) => ordered),
        expected.map(({ expectedState }) => expectedState),
      ],
    );
  }
}
