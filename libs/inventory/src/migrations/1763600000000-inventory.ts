import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stock levels, the ledger of movements, and reservations. What must never happen is refused here, whoever writes:
 * reserved can not exceed on hand, a movement says what it changed and can not be changed itself, a reservation is resolved once.
 * No foreign key points at stock_levels: inserting a referencing row would wait for the lock that placing holds on it.
 * The product's name and SKU are copied so that stock can be listed and searched without the catalogue.
 */
export class Inventory1763600000000 implements MigrationInterface {
  name = 'Inventory1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists pg_trgm with schema public;

      -- Rows are updated all the time and no indexed column changes: free space on the page makes these HOT updates.
      create table inventory.stock_levels (
        product_id bigint primary key,
        product_name text not null,
        product_sku text not null,
        on_hand bigint not null default 0,
        reserved bigint not null default 0,
        minimum_threshold bigint not null default 10 check (minimum_threshold >= 0),
        maximum_capacity bigint not null default 1000 check (maximum_capacity >= 0),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint stock_levels_never_oversold check (on_hand >= 0 and reserved >= 0 and reserved <= on_hand),
        constraint stock_levels_within_capacity check (on_hand <= maximum_capacity)
      ) with (fillfactor = 50);
      create index stock_levels_search on inventory.stock_levels using gin (product_name gin_trgm_ops, product_sku gin_trgm_ops);

      -- Products with little or no available stock. Kept by a trigger that fires only when a product crosses a line, because an
      -- index on the levels themselves would have to change with every reservation and take their HOT updates away.
      create table inventory.stock_alerts (
        product_id bigint primary key,
        kind text not null check (kind in ('low', 'out')),
        since timestamptz(3) not null default clock_timestamp()
      );
      create index stock_alerts_by_kind on inventory.stock_alerts (kind, product_id);
      create function inventory.alert_kind(on_hand bigint, reserved bigint, minimum_threshold bigint) returns text
        language sql immutable as $$
          select case when on_hand = reserved then 'out' when on_hand - reserved <= minimum_threshold then 'low' end $$;
      create function inventory.keep_stock_alert() returns trigger language plpgsql as $$
      declare new_kind text := inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold);
      begin
        if new_kind is null then
          delete from inventory.stock_alerts where product_id = new.product_id;
        else
          insert into inventory.stock_alerts (product_id, kind) values (new.product_id, new_kind)
          on conflict (product_id) do update set kind = excluded.kind, since = excluded.since;
        end if;
        return null;
      end $$;
      create trigger stock_alert_of_new after insert on inventory.stock_levels for each row
        when (inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold) is not null)
        execute function inventory.keep_stock_alert();
      create trigger stock_alert_of_changed after update on inventory.stock_levels for each row
        when (inventory.alert_kind(old.on_hand, old.reserved, old.minimum_threshold)
              is distinct from inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold))
        execute function inventory.keep_stock_alert();

      create table inventory.stock_movements (
        id bigint generated always as identity primary key,
        product_id bigint not null,
        order_id uuid,
        kind text not null check (kind in ('receive', 'reserve', 'release', 'fulfill', 'adjust', 'damage')),
        quantity bigint not null check (quantity >= 0),
        previous_on_hand bigint not null,
        new_on_hand bigint not null,
        previous_reserved bigint not null,
        new_reserved bigint not null,
        reference_number text,
        notes text,
        processed_by text not null,
        created_at timestamptz not null default clock_timestamp(),
        constraint stock_movements_never_oversold check (new_on_hand >= 0 and new_reserved >= 0 and new_reserved <= new_on_hand),
        constraint stock_movements_add_up check (case kind
          when 'receive' then new_on_hand = previous_on_hand + quantity and new_reserved = previous_reserved
          when 'reserve' then new_on_hand = previous_on_hand and new_reserved = previous_reserved + quantity
          when 'release' then new_on_hand = previous_on_hand and new_reserved = previous_reserved - quantity
          when 'fulfill' then new_on_hand = previous_on_hand - quantity and new_reserved = previous_reserved - quantity
          when 'damage' then new_on_hand = previous_on_hand - quantity and new_reserved = previous_reserved
          else abs(new_on_hand - previous_on_hand) = quantity and new_reserved = previous_reserved end),
        constraint stock_movements_of_orders check ((kind in ('reserve', 'release', 'fulfill')) = (order_id is not null))
      );
      create index stock_movements_by_product on inventory.stock_movements (product_id, id);

      create function inventory.refuse_ledger_change() returns trigger language plpgsql as $$
      begin
        if tg_op = 'TRUNCATE' and current_setting('app.clearing_demo_data', true) = 'yes' then return null; end if;
        raise exception 'The stock ledger is append-only: % is refused. Correct a mistake with a new movement.', tg_op
          using errcode = 'restrict_violation';
      end $$;
      create trigger append_only before update or delete or truncate on inventory.stock_movements
        for each statement execute function inventory.refuse_ledger_change();

      create table inventory.reservations (
        order_id uuid not null,
        product_id bigint not null,
        quantity bigint not null check (quantity > 0),
        state text not null default 'held' check (state in ('held', 'fulfilled', 'released')),
        primary key (order_id, product_id)
      ) with (fillfactor = 80);

      create function inventory.refuse_second_resolution() returns trigger language plpgsql as $$
      begin
        raise exception 'Reservation of order % for product % is % already', old.order_id, old.product_id, old.state
          using errcode = 'restrict_violation';
      end $$;
      create trigger resolved_once before update on inventory.reservations for each row
        when (old.state <> 'held') execute function inventory.refuse_second_resolution();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table inventory.reservations, inventory.stock_movements, inventory.stock_alerts, inventory.stock_levels;
      drop function inventory.keep_stock_alert();
      drop function inventory.alert_kind(bigint, bigint, bigint);
      drop function inventory.refuse_second_resolution();
      drop function inventory.refuse_ledger_change();
    `);
  }
}
