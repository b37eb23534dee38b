import type { ChangeContext } from '@app/audit';
import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ReservationState } from './reservation-state';

const EXAMPLES_MAX = 5;

/** A level that is not what the ledger says. */
export interface DriftedLevel {
  productId: number;
  onHand: number;
  reserved: number;
  ledgerOnHand: number;
  ledgerReserved: number;
}

/** A level whose reserved units are not those that orders reserve. */
export interface LevelReservationMismatch {
  productId: number;
  onHand: number;
  reserved: number;
  held: number;
}

/** What the last look at all products found. */
export interface DriftCheck {
  ageSeconds: number;
  checked: number;
  drifted: number;
  /** The first few of the drifted. */
  examples: number[];
}

@Injectable()
export class DriftRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids of the next products that have stock, up to `limit`. */
  async nextProducts(tx: Tx<'inventory'>, after: number, limit: number, among?: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `select product_id as id from inventory.stock_levels
        where product_id > $1 and ($3::bigint[] is null or product_id = any($3)) order by product_id limit $2`,
      [after, limit, among ?? null],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of the products whose level differs from the kept sum of its ledger and the movements after it. */
  compare(tx: Tx<'inventory'>, ids: readonly number[]): Promise<DriftedLevel[]> {
    return tx.query<DriftedLevel[]>(
      `select level.product_id as "productId", level.on_hand as "onHand", level.reserved,
              ledger.on_hand as "ledgerOnHand", ledger.reserved as "ledgerReserved"
         from inventory.stock_levels level
         left join inventory.ledger_sums kept on kept.product_id = level.product_id
         cross join lateral (
           select (coalesce(kept.on_hand, 0) + coalesce(sum(new_on_hand - previous_on_hand), 0))::bigint as on_hand,
                  (coalesce(kept.reserved, 0) + coalesce(sum(new_reserved - previous_reserved), 0))::bigint as reserved
             from inventory.stock_movements
            where product_id = level.product_id and id > coalesce(kept.movement_id, 0)) ledger
        where level.product_id = any($1::bigint[]) and (level.on_hand, level.reserved) <> (ledger.on_hand, ledger.reserved)
        order by level.product_id`,
      [ids],
    );
  }

  /**
   * Sets levels, which the caller has locked, to their ledger; returns the products whose level can have that. A ledger that does
   * not know what orders reserve is not believed: the next order would be sold their units.
   */
  async repair(
    tx: Tx<'inventory'>,
    drifted: readonly DriftedLevel[],
    { principal, requestId, reason }: ChangeContext,
  ): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      `with drifted as materialized (
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                       drifted (product_id, on_hand, reserved, ledger_on_hand, ledger_reserved)),
       repaired as (
         update inventory.stock_levels level
            set on_hand = ledger_on_hand, reserved = ledger_reserved, version = level.version + 1, updated_at = now()
           from drifted
          where level.product_id = drifted.product_id
            and ledger_reserved = (select coalesce(sum(quantity), 0) from inventory.reservations
                                    where product_id = level.product_id and state = '${ReservationState.held}')
            and ledger_reserved between 0 and ledger_on_hand and ledger_on_hand <= level.maximum_capacity
         returning drifted.*),
       mark as (
         insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand,
                                                previous_reserved, new_reserved, notes, processed_by, request_id)
         select product_id, 'adjust', 0, ledger_on_hand, ledger_on_hand, ledger_reserved, ledger_reserved,
                format('Set to the ledger: on hand %s → %s, reserved %s → %s. %s',
                       on_hand, ledger_on_hand, reserved, ledger_reserved, $6::text), $7, $8
           from repaired order by product_id
         returning id, product_id)
       insert into inventory.stock_repairs (movement_id, product_id, level_on_hand, level_reserved, request_id)
       select mark.id, mark.product_id, drifted.on_hand, drifted.reserved, $8 from mark join drifted using (product_id)
       returning product_id as id`,
      [
        drifted.map(({ productId }) => productId),
        drifted.map(({ onHand }) => onHand),
        drifted.map(({ reserved }) => reserved),
        drifted.map(({ ledgerOnHand }) => ledgerOnHand),
        drifted.map(({ ledgerReserved }) => ledgerReserved),
        reason ?? 'No reason was given.',
        principal.text,
        requestId ?? null,
      ],
    );
    return rows.map(({ id }) => id);
  }

  /** Remembers what a look at all products found, and left as it is. */
  async recordCheck(tx: Tx<'inventory'>, checked: number, drifted: readonly number[]): Promise<void> {
    await tx.query(
      `insert into inventory.drift_checks (checked_at, checked_products, drifted_products, examples)
       values (clock_timestamp(), $1, $2, $3::bigint[])
       on conflict (only_row) do update
         set checked_at = excluded.checked_at, checked_products = excluded.checked_products,
             drifted_products = excluded.drifted_products, examples = excluded.examples`,
      [checked, drifted.length, drifted.slice(0, EXAMPLES_MAX)],
    );
  }

  /** Undefined before the first look. */
  async lastCheck(): Promise<DriftCheck | undefined> {
    const [row] = await this.dataSource.query<DriftCheck[]>(
      `select extract(epoch from clock_timestamp() - checked_at)::float8 as "ageSeconds", checked_products as checked,
              drifted_products as drifted, array_to_json(examples) as examples
         from inventory.drift_checks`,
    );
    return row;
  }

  /**
   * Levels whose reserved units are not those that orders reserve. Reads every reservation once, as an index on the held ones would
   * cost each order two more writes: for an operator's command, not for a request.
   */
  async compareReservations(tx: Tx<'inventory'>, among?: readonly number[]): Promise<LevelReservationMismatch[]> {
    await tx.query('set local statement_timeout = 0');
    return tx.query<LevelReservationMismatch[]>(
      `select level.product_id as "productId", level.on_hand as "onHand", level.reserved,
              coalesce(held.quantity, 0)::bigint as held
         from inventory.stock_levels level
         left join (select product_id, sum(quantity) as quantity from inventory.reservations
                     where state = '${ReservationState.held}' and ($1::bigint[] is null or product_id = any($1)) group by product_id) held
                on held.product_id = level.product_id
        where ($1::bigint[] is null or level.product_id = any($1)) and level.reserved <> coalesce(held.quantity, 0)
        order by level.product_id`,
      [among ?? null],
    );
  }
}
