import type { Invariant } from '@app/platform';
import { CORRECTION } from './correct-stock';
import { ReservationState } from './reservation-state';

const { held: HELD, fulfilled: FULFILLED, released: RELEASED } = ReservationState;

/** Per product what the ledger says in its two ways: by the levels before and after, and by kind and quantity. */
const LEDGER = `
  select product_id,
         sum(new_on_hand - previous_on_hand) as on_hand_moved,
         sum(new_reserved - previous_reserved) as reserved_moved,
         sum(quantity) filter (where kind = 'receive') as received,
         sum(new_on_hand - previous_on_hand) filter (where kind = 'adjust') as adjusted,
         sum(quantity) filter (where kind = 'fulfill') as fulfilled,
         sum(quantity) filter (where kind = 'damage') as damaged
    from inventory.stock_movements group by product_id`;

const held = (on: string) => `
  select ${on}, count(*), sum(quantity) as quantity from inventory.reservations where state = '${HELD}' group by ${on}`;

const LEVELS: readonly Invariant[] = [
  {
    id: 'I1',
    name: 'every product has its stock level',
    breaches: `
      select case when level.product_id is null then format('product %s has no stock level', product.id)
                  else format('stock level of product %s, which does not exist', level.product_id) end as example
        from products.products product full join inventory.stock_levels level on level.product_id = product.id
       where product.id is null or level.product_id is null`,
    figures: `select count(*) as products from products.products`,
  },
  {
    id: 'I1',
    name: '0 ≤ reserved ≤ on hand',
    breaches: `
      select format('product %s: on hand %s, reserved %s', product_id, on_hand, reserved) as example
        from inventory.stock_levels where not (0 <= reserved and reserved <= on_hand)`,
    figures: `
      select coalesce(sum(on_hand), 0) as on_hand, coalesce(sum(reserved), 0) as reserved from inventory.stock_levels`,
  },
  {
    id: 'I1',
    name: 'held reservations add up to reserved',
    breaches: `
      select format('product %s: reserved %s, held by orders %s', coalesce(level.product_id, held.product_id),
                    coalesce(level.reserved::text, 'nothing'), coalesce(held.quantity, 0)) as example
        from inventory.stock_levels level full join (${held('product_id')}) held on held.product_id = level.product_id
       where coalesce(held.quantity, 0) is distinct from level.reserved`,
    figures: `
      select count(*) as held, coalesce(sum(quantity), 0) as units from inventory.reservations where state = '${HELD}'`,
  },
  {
    id: 'I1',
    name: 'alerts name the products with little or no stock, and only those',
    breaches: `
      select format('product %s: available %s, threshold %s, alert %s', coalesce(level.product_id, alert.product_id),
                    level.on_hand - level.reserved, level.minimum_threshold, coalesce(alert.kind, 'none')) as example
        from inventory.stock_levels level full join inventory.stock_alerts alert on alert.product_id = level.product_id
       where alert.kind is distinct from inventory.alert_kind(level.on_hand, level.reserved, level.minimum_threshold)`,
    figures: `
      select count(*) filter (where kind = 'low') as low, count(*) filter (where kind = 'out') as out
        from inventory.stock_alerts`,
  },
];

const MOVEMENTS: readonly Invariant[] = [
  {
    id: 'I1',
    name: 'the last movement left the level as it is',
    // One index probe per product, however long the ledger is.
    breaches: `
      select format('product %s: on hand %s, reserved %s, but the last movement (%s) left %s and %s', level.product_id,
                    level.on_hand, level.reserved, coalesce(last.id::text, 'none'), last.new_on_hand, last.new_reserved) as example
        from inventory.stock_levels level
        left join lateral (select id, new_on_hand, new_reserved from inventory.stock_movements movement
                            where movement.product_id = level.product_id order by id desc limit 1) last on true
       where (level.on_hand, level.reserved) <> (coalesce(last.new_on_hand, 0), coalesce(last.new_reserved, 0))`,
    figures: `select count(*) as levels from inventory.stock_levels`,
  },
  {
    id: 'I1',
    name: 'each movement begins where the one before it ended',
    // Movements of a product get their ids under the lock of its level: the order of ids is the order of events. A break up to
    // a repair is one that a person has seen.
    breaches: `
      select format('movement %s of product %s begins at %s and %s, the one before ended at %s and %s', id, product_id,
                    previous_on_hand, previous_reserved, ended_on_hand, ended_reserved) as example
        from (select id, product_id, previous_on_hand, previous_reserved,
                     lag(new_on_hand, 1, 0::bigint) over by_product as ended_on_hand,
                     lag(new_reserved, 1, 0::bigint) over by_product as ended_reserved
                from inventory.stock_movements window by_product as (partition by product_id order by id)) chain
       where (previous_on_hand, previous_reserved) <> (ended_on_hand, ended_reserved)
         and not exists (select from inventory.stock_repairs repair
                          where repair.product_id = chain.product_id and repair.movement_id >= chain.id)`,
    figures: `select count(*) as movements from inventory.stock_movements`,
  },
  {
    id: 'I1',
    name: 'movements add up to the level',
    breaches: `
      select format('product %s: on hand %s, reserved %s, moved %s and %s', coalesce(level.product_id, ledger.product_id),
                    coalesce(level.on_hand::text, 'none'), coalesce(level.reserved::text, 'none'),
                    coalesce(ledger.on_hand_moved, 0), coalesce(ledger.reserved_moved, 0)) as example
        from inventory.stock_levels level full join (${LEDGER}) ledger on ledger.product_id = level.product_id
       where level.on_hand is distinct from coalesce(ledger.on_hand_moved, 0)
          or level.reserved is distinct from coalesce(ledger.reserved_moved, 0)`,
    figures: `
      select coalesce(sum(new_on_hand - previous_on_hand), 0) as on_hand, coalesce(sum(new_reserved - previous_reserved), 0) as reserved
        from inventory.stock_movements`,
  },
  {
    id: 'I1',
    name: 'the kept sums of the ledger are those of its movements',
    breaches: `
      select format('product %s up to movement %s: kept %s, %s and %s that left, moved %s, %s and %s', kept.product_id,
                    kept.movement_id, kept.on_hand, kept.reserved, kept.fulfilled, coalesce(sum(new_on_hand - previous_on_hand), 0),
                    coalesce(sum(new_reserved - previous_reserved), 0),
                    coalesce(sum(quantity) filter (where kind = 'fulfill'), 0)) as example
        from inventory.ledger_sums kept
        left join inventory.stock_movements movement
          on movement.product_id = kept.product_id and movement.id <= kept.movement_id
       group by kept.product_id
      having kept.on_hand <> coalesce(sum(new_on_hand - previous_on_hand), 0)
          or kept.reserved <> coalesce(sum(new_reserved - previous_reserved), 0)
          or kept.fulfilled <> coalesce(sum(quantity) filter (where kind = 'fulfill'), 0)`,
    figures: `select count(*) as sums from inventory.ledger_sums`,
  },
  {
    id: 'I1',
    name: 'received ± adjusted − fulfilled − damaged = on hand',
    breaches: `
      select format('product %s: received %s, adjusted %s, fulfilled %s, damaged %s, on hand %s', product_id, received, adjusted,
                    fulfilled, damaged, on_hand) as example
        from (select level.product_id, level.on_hand, coalesce(received, 0) as received, coalesce(adjusted, 0) as adjusted,
                     coalesce(fulfilled, 0) as fulfilled, coalesce(damaged, 0) as damaged
                from inventory.stock_levels level left join (${LEDGER}) ledger on ledger.product_id = level.product_id) every
       where on_hand <> received + adjusted - fulfilled - damaged`,
    figures: `
      select coalesce(sum(received), 0) as received, coalesce(sum(adjusted), 0) as adjusted,
             coalesce(sum(fulfilled), 0) as fulfilled, coalesce(sum(damaged), 0) as damaged
        from (${LEDGER}) ledger`,
  },
  {
    id: 'I6',
    name: 'each reservation moved stock once when made and once when resolved',
    // The rows of an order that was corrected are right in their sum, as what was wrong stays in the ledger.
    breaches: `
      select format('order %s, product %s: %s %s; reserved %s, released %s, fulfilled %s times',
                    coalesce(reservation.order_id, moved.order_id), coalesce(reservation.product_id, moved.product_id),
                    coalesce(reservation.quantity, 0), coalesce(reservation.state, 'without reservation'),
                    coalesce(moved.reserved, 0), coalesce(moved.released, 0), coalesce(moved.fulfilled, 0)) as example
        from inventory.reservations reservation
        full join (select order_id, product_id, min(quantity) as least, max(quantity) as most,
                          count(*) filter (where kind = 'reserve') as reserved,
                          count(*) filter (where kind = 'release') as released,
                          count(*) filter (where kind = 'fulfill') as fulfilled,
                          sum(new_on_hand - previous_on_hand) as on_hand_moved, sum(new_reserved - previous_reserved) as reserved_moved,
                          bool_or(reference_number is not distinct from '${CORRECTION}') as corrected
                     from inventory.stock_movements where order_id is not null group by order_id, product_id) moved
          on moved.order_id = reservation.order_id and moved.product_id = reservation.product_id
       where (moved.reserved, moved.released, moved.fulfilled, moved.least, moved.most)
             is distinct from (1::bigint, (reservation.state = '${RELEASED}')::int::bigint, (reservation.state = '${FULFILLED}')::int::bigint,
                               reservation.quantity, reservation.quantity)
         and not (coalesce(moved.corrected, false)
                  and moved.reserved_moved = case reservation.state when '${HELD}' then reservation.quantity else 0 end
                  and moved.on_hand_moved = case reservation.state when '${FULFILLED}' then -reservation.quantity else 0 end)`,
    figures: `
      select count(*) filter (where state = '${HELD}') as held, count(*) filter (where state = '${FULFILLED}') as fulfilled,
             count(*) filter (where state = '${RELEASED}') as released
        from inventory.reservations`,
  },
];

/** What holds between levels, reservations and the ledger. */
export const INVENTORY_INVARIANTS: readonly Invariant[] = [...LEVELS, ...MOVEMENTS];
