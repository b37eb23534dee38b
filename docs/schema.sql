-- Generated from a migrated database by npm run generate. Do not edit: the schema is made by the migrations.

create extension pg_trgm;

-- ------------------------------------------------------------
-- audit
-- ------------------------------------------------------------

create schema audit;

create table audit.clean_ups (
  name text not null,
  cut_off timestamp with time zone not null,
  constraint clean_ups_pkey PRIMARY KEY (name)
);

create table audit.order_versions (
  id uuid not null,
  version integer not null,
  row jsonb not null,
  superseded_at timestamp with time zone not null default clock_timestamp(),
  constraint order_versions_pkey PRIMARY KEY (id, version)
);

CREATE INDEX order_versions_by_actor ON audit.order_versions USING btree ((("row" ->> 'changed_by')), audit.changed_at("row"), id, version) WHERE (("row" ->> 'changed_by') <> ALL (ARRAY['api', 'worker', 'scheduler']));
CREATE INDEX order_versions_by_age ON audit.order_versions USING btree (superseded_at);

create table audit.product_versions (
  id bigint not null,
  version integer not null,
  row jsonb not null,
  superseded_at timestamp with time zone not null default clock_timestamp(),
  constraint product_versions_pkey PRIMARY KEY (id, version)
);

CREATE INDEX product_versions_by_actor ON audit.product_versions USING btree ((("row" ->> 'changed_by')), audit.changed_at("row"), id, version) WHERE (("row" ->> 'changed_by') <> ALL (ARRAY['api', 'worker', 'scheduler']));
CREATE INDEX product_versions_by_age ON audit.product_versions USING btree (superseded_at);

CREATE OR REPLACE FUNCTION audit.changed_at(version jsonb)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select (version ->> 'updated_at')::timestamptz $function$;

CREATE OR REPLACE FUNCTION audit.keep_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
                          begin insert into audit.order_versions (id, version, row) select id, version, to_jsonb(old_rows) from old_rows;
                          return null; end $function$;

CREATE OR REPLACE FUNCTION audit.keep_product()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
                          begin insert into audit.product_versions (id, version, row) select id, version, to_jsonb(old_rows) from old_rows;
                          return null; end $function$;

CREATE OR REPLACE FUNCTION audit.refuse_version_jump()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        raise exception 'version of % % must go from % to %, not to %',
          tg_table_name, old.id, old.version, old.version + 1, new.version using errcode = 'check_violation';
      end $function$;

CREATE OR REPLACE FUNCTION audit.stamp_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        new.version := old.version + 1;
        new.updated_at := greatest(clock_timestamp(), old.updated_at);
        new.changed_by := coalesce(nullif(current_setting('app.actor', true), ''), 'sql:' || session_user);
        new.request_id := nullif(current_setting('app.request_id', true), '');
        new.change_reason := nullif(current_setting('app.reason', true), '');
        return new;
      end $function$;

CREATE OR REPLACE PROCEDURE audit.track(IN tracked regclass, IN name text, IN id_type text)
 LANGUAGE plpgsql
AS $procedure$
      begin
        call audit.track_changes(tracked, name, id_type);
        execute format('create index %I on audit.%I (superseded_at)', name || '_versions_by_age', name || '_versions');
        execute format('create index %I on audit.%I ((row ->> ''changed_by''), audit.changed_at(row), id, version)
                          where (row ->> ''changed_by'') <> all (array[''api'', ''worker'', ''scheduler''])',
                       name || '_versions_by_actor', name || '_versions');
      end $procedure$;

CREATE OR REPLACE PROCEDURE audit.track_changes(IN tracked regclass, IN name text, IN id_type text)
 LANGUAGE plpgsql
AS $procedure$
      begin
        execute format('create table audit.%I (id %s not null, version integer not null, row jsonb not null,
                          superseded_at timestamptz not null default clock_timestamp(), primary key (id, version))',
                       name || '_versions', id_type);
        execute format('create function audit.%I() returns trigger language plpgsql as $body$
                          begin insert into audit.%I (id, version, row) select id, version, to_jsonb(old_rows) from old_rows;
                          return null; end $body$', 'keep_' || name, name || '_versions');
        execute format('create trigger stamp_version before update on %s for each row
                          when (new.version = old.version) execute function audit.stamp_version()', tracked);
        execute format('create trigger refuse_version_jump before update on %s for each row
                          when (new.version <> old.version and new.version <> old.version + 1)
                          execute function audit.refuse_version_jump()', tracked);
        execute format('create trigger keep_updated after update on %s referencing old table as old_rows
                          for each statement execute function audit.%I()', tracked, 'keep_' || name);
        execute format('create trigger keep_deleted after delete on %s referencing old table as old_rows
                          for each statement execute function audit.%I()', tracked, 'keep_' || name);
      end $procedure$;

-- ------------------------------------------------------------
-- identity
-- ------------------------------------------------------------

create schema identity;

create table identity.api_keys (
  id uuid not null,
  user_id uuid not null,
  name text not null,
  prefix text not null,
  hash bytea not null,
  permissions text[] not null,
  expires_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default now(),
  last_used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) DEFERRABLE INITIALLY DEFERRED,
  constraint api_keys_hash_check CHECK (octet_length(hash) = 32),
  constraint api_keys_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 100),
  constraint api_keys_permissions_check CHECK (cardinality(permissions) >= 1 AND cardinality(permissions) <= 50),
  constraint api_keys_prefix_check CHECK (char_length(prefix) = 12)
);

CREATE INDEX api_keys_by_user ON identity.api_keys USING btree (user_id, created_at, id);

create table identity.login_attempts (
  subject bytea not null,
  failures integer not null,
  failed_at timestamp(3) with time zone not null,
  paused_until timestamp(3) with time zone,
  constraint login_attempts_pkey PRIMARY KEY (subject),
  constraint login_attempts_failures_check CHECK (failures > 0),
  constraint login_attempts_subject_check CHECK (octet_length(subject) = 32)
);

CREATE INDEX login_attempts_by_time ON identity.login_attempts USING btree (failed_at);

create table identity.refresh_families (
  id uuid not null,
  user_id uuid not null,
  nonce bytea not null,
  generation integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  refreshed_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  end_reason text,
  constraint refresh_families_pkey PRIMARY KEY (id),
  constraint refresh_families_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) DEFERRABLE INITIALLY DEFERRED,
  constraint families_end_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  constraint refresh_families_end_reason_check CHECK (end_reason = ANY (ARRAY['logout', 'reused', 'password_changed', 'deactivated', 'displaced'])),
  constraint refresh_families_generation_check CHECK (generation > 0),
  constraint refresh_families_nonce_check CHECK (octet_length(nonce) = 16)
);

CREATE INDEX refresh_families_by_user ON identity.refresh_families USING btree (user_id, created_at);

create table identity.security_events (
  id bigint not null generated always as identity,
  at timestamp(3) with time zone not null default now(),
  type text not null,
  principal text not null,
  user_id uuid,
  address text,
  request_id text,
  details jsonb not null default '{}',
  constraint security_events_pkey PRIMARY KEY (id),
  constraint security_events_type_check CHECK (type ~ '^[a-z_]+[.][a-z_]+$')
);

CREATE INDEX security_events_by_principal ON identity.security_events USING btree (principal, at, id);
CREATE INDEX security_events_by_time ON identity.security_events USING btree (at, id);
CREATE INDEX security_events_by_type ON identity.security_events USING btree (type, at, id);
CREATE INDEX security_events_by_user ON identity.security_events USING btree (user_id, at) WHERE (user_id IS NOT NULL);

create table identity.signing_keys (
  kid text not null,
  public_jwk jsonb not null,
  encrypted_private_key bytea not null,
  created_at timestamp(3) with time zone not null default now(),
  retired_at timestamp(3) with time zone,
  constraint signing_keys_pkey PRIMARY KEY (kid),
  constraint signing_keys_public_jwk_check CHECK (NOT public_jwk ? 'd')
);

CREATE UNIQUE INDEX signing_keys_one_signs ON identity.signing_keys USING btree (((retired_at IS NULL))) WHERE (retired_at IS NULL);

create table identity.users (
  id uuid not null,
  username text not null,
  email text,
  role text not null,
  password_hash text not null,
  is_active boolean not null default true,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_check CHECK (char_length(email) >= 3 AND char_length(email) <= 254),
  constraint users_password_hash_check CHECK (password_hash ~~ '$argon2id$%'),
  constraint users_role_check CHECK (role = ANY (ARRAY['customer', 'viewer', 'operator', 'warehouse', 'manager', 'admin'])),
  constraint users_username_check CHECK (char_length(username) >= 3 AND char_length(username) <= 64)
);

CREATE INDEX users_admins ON identity.users USING btree (id) WHERE (role = 'admin');
CREATE INDEX users_by_created ON identity.users USING btree (created_at, id);
CREATE UNIQUE INDEX users_email_key ON identity.users USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE UNIQUE INDEX users_username_key ON identity.users USING btree (lower(username));

-- ------------------------------------------------------------
-- inventory
-- ------------------------------------------------------------

create schema inventory;

create table inventory.drift_checks (
  only_row boolean not null default true,
  checked_at timestamp(3) with time zone not null,
  checked_products bigint not null,
  drifted_products bigint not null,
  examples bigint[] not null,
  constraint drift_checks_pkey PRIMARY KEY (only_row),
  constraint drift_checks_only_row_check CHECK (only_row)
);

create table inventory.ledger_sums (
  product_id bigint not null,
  movement_id bigint not null,
  on_hand bigint not null,
  reserved bigint not null,
  fulfilled bigint not null,
  constraint ledger_sums_pkey PRIMARY KEY (product_id)
) with (fillfactor=80);

create table inventory.limit_changes (
  product_id bigint not null,
  product_version integer not null,
  limit_name text not null,
  previous_value bigint not null,
  new_value bigint not null,
  constraint limit_changes_pkey PRIMARY KEY (product_id, product_version, limit_name),
  constraint limit_changes_check CHECK (new_value <> previous_value),
  constraint limit_changes_limit_name_check CHECK (limit_name = ANY (ARRAY['minimum_threshold', 'maximum_capacity']))
);

create table inventory.reservations (
  order_id uuid not null,
  product_id bigint not null,
  quantity bigint not null,
  state text not null default 'held',
  constraint reservations_pkey PRIMARY KEY (order_id, product_id),
  constraint reservations_quantity_check CHECK (quantity > 0),
  constraint reservations_state_check CHECK (state = ANY (ARRAY['held', 'fulfilled', 'released']))
) with (fillfactor=70);

CREATE TRIGGER resolved_once BEFORE UPDATE ON inventory.reservations FOR EACH ROW WHEN (old.state <> 'held') EXECUTE FUNCTION inventory.refuse_second_resolution();

create table inventory.stock_alerts (
  product_id bigint not null,
  kind text not null,
  since timestamp(3) with time zone not null default clock_timestamp(),
  constraint stock_alerts_pkey PRIMARY KEY (product_id),
  constraint stock_alerts_kind_check CHECK (kind = ANY (ARRAY['low', 'out']))
);

CREATE INDEX stock_alerts_by_kind ON inventory.stock_alerts USING btree (kind, product_id);

create table inventory.stock_levels (
  product_id bigint not null,
  product_name text not null,
  product_sku text not null,
  on_hand bigint not null default 0,
  reserved bigint not null default 0,
  minimum_threshold bigint not null default 10,
  maximum_capacity bigint not null default 1000,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint stock_levels_pkey PRIMARY KEY (product_id),
  constraint stock_levels_maximum_capacity_check CHECK (maximum_capacity >= 0),
  constraint stock_levels_minimum_threshold_check CHECK (minimum_threshold >= 0),
  constraint stock_levels_never_oversold CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand),
  constraint stock_levels_within_capacity CHECK (on_hand <= maximum_capacity)
) with (fillfactor=50);

CREATE INDEX stock_levels_by_name ON inventory.stock_levels USING btree (product_name, product_id);
CREATE INDEX stock_levels_search_text ON inventory.stock_levels USING gin (products.search_text(product_name, product_sku, '') gin_trgm_ops);
CREATE TRIGGER stock_alert_of_changed AFTER UPDATE ON inventory.stock_levels FOR EACH ROW WHEN (inventory.alert_kind(old.on_hand, old.reserved, old.minimum_threshold) IS DISTINCT FROM inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold)) EXECUTE FUNCTION inventory.keep_stock_alert();
CREATE TRIGGER stock_alert_of_new AFTER INSERT ON inventory.stock_levels FOR EACH ROW WHEN (inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold) IS NOT NULL) EXECUTE FUNCTION inventory.keep_stock_alert();

create table inventory.stock_movements (
  id bigint not null generated always as identity,
  product_id bigint not null,
  order_id uuid,
  kind text not null,
  quantity bigint not null,
  previous_on_hand bigint not null,
  new_on_hand bigint not null,
  previous_reserved bigint not null,
  new_reserved bigint not null,
  reference_number text,
  notes text,
  processed_by text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  idempotency_key text,
  request_id text,
  constraint stock_movements_pkey PRIMARY KEY (product_id, id),
  constraint stock_movements_add_up CHECK (CASE kind
    WHEN 'receive' THEN new_on_hand = (previous_on_hand + quantity) AND new_reserved = previous_reserved
    WHEN 'reserve' THEN new_on_hand = previous_on_hand AND new_reserved = (previous_reserved + quantity)
    WHEN 'release' THEN new_on_hand = previous_on_hand AND new_reserved = (previous_reserved - quantity)
    WHEN 'fulfill' THEN new_on_hand = (previous_on_hand - quantity) AND new_reserved = (previous_reserved - quantity)
    WHEN 'damage' THEN new_on_hand = (previous_on_hand - quantity) AND new_reserved = previous_reserved
    ELSE abs(new_on_hand - previous_on_hand) = quantity AND new_reserved = previous_reserved
END),
  constraint stock_movements_kind_check CHECK (kind = ANY (ARRAY['receive', 'reserve', 'release', 'fulfill', 'adjust', 'damage'])),
  constraint stock_movements_never_oversold CHECK (new_on_hand >= 0 AND new_reserved >= 0 AND new_reserved <= new_on_hand),
  constraint stock_movements_of_orders CHECK ((kind = ANY (ARRAY['reserve', 'release', 'fulfill'])) = (order_id IS NOT NULL)),
  constraint stock_movements_quantity_check CHECK (quantity >= 0)
);

CREATE INDEX stock_movements_by_hand ON inventory.stock_movements USING btree (created_at, id) WHERE (order_id IS NULL);
CREATE INDEX stock_movements_by_hand_of_actor ON inventory.stock_movements USING btree (processed_by, created_at, id) WHERE (order_id IS NULL);
CREATE INDEX stock_movements_by_hand_of_product ON inventory.stock_movements USING btree (product_id, created_at, id) WHERE (order_id IS NULL);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON inventory.stock_movements FOR EACH STATEMENT EXECUTE FUNCTION inventory.refuse_ledger_change();

create table inventory.stock_repairs (
  movement_id bigint not null,
  product_id bigint not null,
  level_on_hand bigint not null,
  level_reserved bigint not null,
  request_id text,
  constraint stock_repairs_pkey PRIMARY KEY (movement_id)
);

CREATE INDEX stock_repairs_by_product ON inventory.stock_repairs USING btree (product_id, movement_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON inventory.stock_repairs FOR EACH STATEMENT EXECUTE FUNCTION inventory.refuse_ledger_change();

create table inventory.turnover_points (
  taken_at timestamp with time zone not null default clock_timestamp(),
  on_hand numeric not null,
  fulfilled numeric not null,
  constraint turnover_points_pkey PRIMARY KEY (taken_at)
);

CREATE OR REPLACE FUNCTION inventory.alert_kind(on_hand bigint, reserved bigint, minimum_threshold bigint)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
          select case when on_hand = reserved then 'out' when on_hand - reserved <= minimum_threshold then 'low' end $function$;

CREATE OR REPLACE FUNCTION inventory.keep_stock_alert()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      declare new_kind text := inventory.alert_kind(new.on_hand, new.reserved, new.minimum_threshold);
      begin
        if new_kind is null then
          delete from inventory.stock_alerts where product_id = new.product_id;
        else
          insert into inventory.stock_alerts (product_id, kind) values (new.product_id, new_kind)
          on conflict (product_id) do update set kind = excluded.kind, since = excluded.since;
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION inventory.refuse_ledger_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if tg_op = 'TRUNCATE' and current_setting('app.clearing_demo_data', true) = 'yes' then return null; end if;
        raise exception 'The stock ledger is append-only: % is refused. Correct a mistake with a new movement.', tg_op
          using errcode = 'restrict_violation';
      end $function$;

CREATE OR REPLACE FUNCTION inventory.refuse_second_resolution()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        raise exception 'Reservation of order % for product % is % already', old.order_id, old.product_id, old.state
          using errcode = 'restrict_violation';
      end $function$;

-- ------------------------------------------------------------
-- messaging
-- ------------------------------------------------------------

create schema messaging;

create table messaging.dead_letters (
  id uuid not null,
  queue text not null,
  type text not null,
  envelope jsonb not null,
  code text not null,
  reason text not null,
  attempts integer not null,
  created_at timestamp(3) with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolution text,
  subscription text,
  resolved_by text,
  constraint dead_letters_pkey PRIMARY KEY (id),
  constraint dead_letters_check CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
  constraint dead_letters_resolution_check CHECK (resolution = ANY (ARRAY['replayed', 'discarded']))
);

CREATE INDEX dead_letters_by_age ON messaging.dead_letters USING btree (created_at, id);
CREATE INDEX dead_letters_open ON messaging.dead_letters USING btree (created_at, id) WHERE (resolved_at IS NULL);
CREATE INDEX dead_letters_open_by_aggregate ON messaging.dead_letters USING btree (((envelope ->> 'aggregate_id'))) WHERE (resolved_at IS NULL);
CREATE INDEX dead_letters_resolved ON messaging.dead_letters USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);

create table messaging.feed_floor (
  only_row boolean not null default true,
  tx xid8 not null,
  aggregate_version integer not null,
  id uuid not null,
  constraint feed_floor_pkey PRIMARY KEY (only_row),
  constraint feed_floor_only_row_check CHECK (only_row)
);

create table messaging.heartbeats (
  process text not null,
  instance text not null,
  beat_at timestamp with time zone not null default now(),
  details jsonb not null default '{}',
  constraint heartbeats_pkey PRIMARY KEY (process, instance)
);

create table messaging.outbox (
  id uuid not null,
  type text not null,
  aggregate_id uuid not null,
  aggregate_version integer not null,
  correlation_id text not null,
  payload jsonb not null,
  occurred_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  locked_by text,
  locked_until timestamp with time zone,
  tx xid8 not null default messaging.feed_tx(),
  replays integer not null default 0,
  rank smallint,
  subscriptions text[],
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_aggregate_version_check CHECK (aggregate_version > 0),
  constraint outbox_check CHECK ((locked_by IS NULL) = (locked_until IS NULL)),
  constraint outbox_rank_check CHECK (rank >= 1 AND rank <= 3)
) with (fillfactor=45);

CREATE INDEX outbox_feed ON messaging.outbox USING btree (tx, aggregate_version, id);
CREATE INDEX outbox_leaving_at_once ON messaging.outbox USING btree (published_at, id) WHERE ((published_at IS NULL) AND (rank IS NULL));
CREATE INDEX outbox_line ON messaging.outbox USING btree (rank, published_at, id) WHERE ((published_at IS NULL) AND (rank IS NOT NULL));
CREATE INDEX outbox_queued_from_line ON messaging.outbox USING btree (aggregate_id) WHERE ((rank IS NOT NULL) AND (published_at IS NOT NULL));
CREATE INDEX outbox_unpublished_by_aggregate ON messaging.outbox USING btree (aggregate_id, id) WHERE (published_at IS NULL);
CREATE TRIGGER outbox_emptied BEFORE TRUNCATE ON messaging.outbox FOR EACH STATEMENT EXECUTE FUNCTION messaging.raise_feed_floor();
CREATE TRIGGER outbox_removed AFTER DELETE ON messaging.outbox REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION messaging.raise_feed_floor();

create table messaging.queue_sentinels (
  queue text not null,
  sentinel uuid not null,
  placed_at timestamp with time zone not null default now(),
  constraint queue_sentinels_pkey PRIMARY KEY (queue)
);

create table messaging.schedule_ticks (
  name text not null,
  tick_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default now(),
  constraint schedule_ticks_pkey PRIMARY KEY (name, tick_at)
);

CREATE OR REPLACE FUNCTION messaging.feed_tx()
 RETURNS xid8
 LANGUAGE sql
 STABLE
AS $function$
        select greatest(pg_current_xact_id(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8)
      $function$;

CREATE OR REPLACE FUNCTION messaging.raise_feed_floor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      declare
        last record;
      begin
        if tg_op = 'DELETE' then
          select tx, aggregate_version, id into last
            from removed order by tx desc, aggregate_version desc, id desc limit 1;
        else
          select tx, aggregate_version, id into last
            from messaging.outbox order by tx desc, aggregate_version desc, id desc limit 1;
        end if;
        update messaging.feed_floor as floor
           set tx = last.tx, aggregate_version = last.aggregate_version, id = last.id
         where (last.tx, last.aggregate_version, last.id) > (floor.tx, floor.aggregate_version, floor.id);
        return null;
      end $function$;

-- ------------------------------------------------------------
-- orders
-- ------------------------------------------------------------

create schema orders;

create table orders.idempotency_keys (
  key text not null,
  fingerprint text not null,
  order_id uuid,
  batch_id uuid,
  reply text not null,
  created_at timestamp with time zone not null default now(),
  caller text not null default 'anonymous',
  status smallint,
  headers jsonb,
  constraint idempotency_keys_pkey PRIMARY KEY (caller, key),
  constraint idempotency_keys_have_one_owner CHECK (num_nonnulls(order_id, batch_id, status) = 1),
  constraint idempotency_keys_have_whole_replies CHECK ((status IS NULL) = (headers IS NULL)),
  constraint idempotency_keys_key_check CHECK (char_length(key) >= 1 AND char_length(key) <= 255)
);

CREATE INDEX idempotency_keys_by_age ON orders.idempotency_keys USING btree (created_at);

create table orders.order_batch_chunks (
  batch_id uuid not null,
  first_index integer not null,
  requests json not null,
  constraint order_batch_chunks_pkey PRIMARY KEY (batch_id, first_index),
  constraint order_batch_chunks_first_index_check CHECK (first_index >= 0)
);

create table orders.order_batch_results (
  batch_id uuid not null,
  index integer not null,
  order_id uuid,
  error jsonb,
  constraint order_batch_results_pkey PRIMARY KEY (batch_id, index),
  constraint order_batch_results_check CHECK ((order_id IS NULL) = (error IS NOT NULL)),
  constraint order_batch_results_index_check CHECK (index >= 0)
);

create table orders.order_batches (
  id uuid not null,
  status text not null,
  error_policy text not null,
  total_orders integer not null,
  successful_orders integer not null default 0,
  failed_orders integer not null default 0,
  failure_reason text,
  attempts smallint not null default 0,
  created_by text not null,
  request_id text not null,
  created_at timestamp(3) with time zone not null default now(),
  progressed_at timestamp(3) with time zone not null default now(),
  completed_at timestamp(3) with time zone,
  constraint order_batches_pkey PRIMARY KEY (id),
  constraint order_batches_add_up CHECK ((successful_orders + failed_orders) <= total_orders),
  constraint order_batches_done_has_all CHECK ((status = ANY (ARRAY['pending', 'processing'])) OR (successful_orders + failed_orders) = total_orders),
  constraint order_batches_done_has_time CHECK ((status = ANY (ARRAY['success', 'partial', 'failed'])) = (completed_at IS NOT NULL)),
  constraint order_batches_error_policy_check CHECK (error_policy = ANY (ARRAY['reject_all', 'reject_failed'])),
  constraint order_batches_failed_has_reason CHECK ((status = 'failed') = (failure_reason IS NOT NULL)),
  constraint order_batches_failed_orders_check CHECK (failed_orders >= 0),
  constraint order_batches_partial_has_both CHECK (status <> 'partial' OR successful_orders > 0 AND failed_orders > 0),
  constraint order_batches_status_check CHECK (status = ANY (ARRAY['pending', 'processing', 'success', 'partial', 'failed'])),
  constraint order_batches_success_has_none_failed CHECK (status <> 'success' OR failed_orders = 0),
  constraint order_batches_successful_orders_check CHECK (successful_orders >= 0),
  constraint order_batches_total_orders_check CHECK (total_orders > 0)
);

CREATE INDEX order_batches_under_way ON orders.order_batches USING btree (progressed_at) WHERE (status = ANY (ARRAY['pending', 'processing']));

create table orders.order_lines (
  order_id uuid not null,
  line_no smallint not null,
  product_id bigint not null,
  product_sku text not null,
  product_name text not null,
  quantity integer not null,
  unit_price_minor bigint not null,
  constraint order_lines_pkey PRIMARY KEY (order_id, line_no),
  constraint order_lines_quantity_check CHECK (quantity >= 1 AND quantity <= 1000),
  constraint order_lines_unit_price_minor_check CHECK (unit_price_minor > 0)
);

create table orders.order_search (
  term text not null,
  created_at timestamp(3) with time zone not null,
  order_id uuid not null,
  shared_length smallint not null,
  constraint order_search_pkey PRIMARY KEY (term, created_at, order_id) INCLUDE (shared_length)
);

create table orders.orders (
  id uuid not null,
  customer_name text not null,
  customer_email text,
  status text not null default 'pending',
  priority smallint not null default 2,
  total_minor bigint not null,
  currency character(3) not null,
  line_count smallint not null,
  shipping_address text,
  billing_address text,
  payment_method text,
  notes text,
  external_reference text,
  tracking_number text,
  failure_reason text,
  put_backs smallint not null default 0,
  status_since timestamp(3) with time zone not null default now(),
  processing_started_at timestamp(3) with time zone,
  completed_at timestamp(3) with time zone,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  changed_by text not null,
  request_id text,
  change_reason text,
  batch_id uuid,
  user_id text,
  declared_total_minor bigint,
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_customer_email_check CHECK (char_length(customer_email) >= 3 AND char_length(customer_email) <= 254),
  constraint orders_customer_name_check CHECK (char_length(customer_name) >= 1 AND char_length(customer_name) <= 200),
  constraint orders_declared_total_minor_check CHECK (declared_total_minor >= 0),
  constraint orders_delivered_has_time CHECK ((status = 'delivered') = (completed_at IS NOT NULL)),
  constraint orders_failed_has_reason CHECK ((status = 'failed') = (failure_reason IS NOT NULL)),
  constraint orders_line_count_check CHECK (line_count >= 1 AND line_count <= 100),
  constraint orders_priority_check CHECK (priority >= 1 AND priority <= 3),
  constraint orders_started_has_time CHECK ((status <> ALL (ARRAY['processing', 'shipped', 'delivered'])) OR processing_started_at IS NOT NULL),
  constraint orders_status_check CHECK (status = ANY (ARRAY['pending', 'processing', 'shipped', 'delivered', 'cancelled', 'failed'])),
  constraint orders_total_minor_check CHECK (total_minor >= 0 AND total_minor <= '9007199254740991'::bigint),
  constraint orders_user_id_check CHECK (char_length(user_id) >= 1 AND char_length(user_id) <= 200),
  constraint orders_version_check CHECK (version > 0)
) with (fillfactor=80);

CREATE INDEX orders_by_actor ON orders.orders USING btree (changed_by, updated_at, id) WHERE (changed_by <> ALL (ARRAY['api', 'worker', 'scheduler']));
CREATE INDEX orders_by_created ON orders.orders USING btree (created_at, id);
CREATE INDEX orders_by_state ON orders.orders USING btree (status, priority, created_at, id);
CREATE INDEX orders_by_user ON orders.orders USING btree (user_id, created_at, id) WHERE (char_length(user_id) = 36);
CREATE INDEX orders_moving ON orders.orders USING btree (status, status_since) WHERE (status = ANY (ARRAY['pending', 'processing', 'shipped']));
CREATE UNIQUE INDEX orders_external_reference_key ON orders.orders USING btree (external_reference) WHERE (external_reference IS NOT NULL);
CREATE TRIGGER count_deleted AFTER DELETE ON orders.orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION orders.count_deleted();
CREATE TRIGGER count_inserted AFTER INSERT ON orders.orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orders.count_inserted();
CREATE TRIGGER count_updated AFTER UPDATE ON orders.orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orders.count_updated();
CREATE TRIGGER index_terms AFTER INSERT ON orders.orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orders.index_terms();
CREATE TRIGGER index_terms_again AFTER UPDATE OF customer_name, customer_email, external_reference ON orders.orders FOR EACH ROW EXECUTE FUNCTION orders.index_terms_again();
CREATE TRIGGER keep_deleted AFTER DELETE ON orders.orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_order();
CREATE TRIGGER keep_updated AFTER UPDATE ON orders.orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_order();
CREATE TRIGGER refuse_version_jump BEFORE UPDATE ON orders.orders FOR EACH ROW WHEN (new.version <> old.version AND new.version <> (old.version + 1)) EXECUTE FUNCTION audit.refuse_version_jump();
CREATE TRIGGER stamp_version BEFORE UPDATE ON orders.orders FOR EACH ROW WHEN (new.version = old.version) EXECUTE FUNCTION audit.stamp_version();

create table orders.search_rewriting (
  is_only_row boolean not null default true,
  began_at timestamp(3) with time zone not null default now(),
  rewritten_up_to uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  constraint search_rewriting_pkey PRIMARY KEY (is_only_row),
  constraint search_rewriting_is_only_row_check CHECK (is_only_row)
);

create table orders.statistics_deltas (
  id bigint not null generated always as identity,
  minute timestamp with time zone not null,
  status text not null,
  orders bigint not null,
  total_minor numeric not null,
  processing_ms numeric not null,
  constraint statistics_deltas_pkey PRIMARY KEY (id)
);

create table orders.statistics_minutes (
  minute timestamp with time zone not null,
  status text not null,
  orders bigint not null,
  total_minor numeric not null,
  constraint statistics_minutes_pkey PRIMARY KEY (minute, status)
);

create table orders.statistics_totals (
  status text not null,
  orders bigint not null,
  processing_ms numeric not null,
  constraint statistics_totals_pkey PRIMARY KEY (status)
);

CREATE OR REPLACE FUNCTION orders.count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, -count(*), -sum(total_minor),
               -coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0)
          from old_rows group by 1, 2;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION orders.count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, count(*), sum(total_minor),
               coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0)
          from new_rows group by 1, 2;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION orders.count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, sum(sign), sum(sign * total_minor),
               coalesce(sum(sign * extract(epoch from completed_at - created_at) * 1000), 0)
          from (select 1 as sign, created_at, status, total_minor, completed_at from new_rows
                union all
                select -1, created_at, status, total_minor, completed_at from old_rows) changed
         group by 1, 2
        having sum(sign) <> 0 or sum(sign * total_minor) <> 0
            or coalesce(sum(sign * extract(epoch from completed_at - created_at) * 1000), 0) <> 0;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION orders.former_search_terms(customer_name text, customer_email text, external_reference text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
          select array_remove(
            string_to_array(
              translate(
                lower(customer_name || coalesce(' ' || customer_email, '') || coalesce(' ' || external_reference, '')),
                E'\t\n\r\f\v', '     '),
              ' '),
            '') $function$;

CREATE OR REPLACE FUNCTION orders.index_terms()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into orders.order_search (term, created_at, order_id, shared_length) 
  select term, created_at, id,
         case when previous is null then 0
              when term ^@ previous then length(previous)
              when left(term, 1) = left(previous, 1) then orders.shared_length(previous, term)
              else 0 end
    from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
            from new_rows, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term) terms
   where term is distinct from previous;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION orders.index_terms_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform pg_advisory_xact_lock_shared('orders.search_rewriting'::regclass::oid::bigint);
        delete from orders.order_search
         where term = any(orders.search_terms(old.customer_name, old.customer_email, old.external_reference)
                        || orders.former_search_terms(old.customer_name, old.customer_email, old.external_reference))
           and created_at = old.created_at and order_id = old.id;
        insert into orders.order_search (term, created_at, order_id, shared_length) 
  select term, created_at, id,
         case when previous is null then 0
              when term ^@ previous then length(previous)
              when left(term, 1) = left(previous, 1) then orders.shared_length(previous, term)
              else 0 end
    from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
            from (select new.*) changed, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term) terms
   where term is distinct from previous;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION orders.search_parts(value text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      declare
        terms text[] := '{}';
        token text;
        part text;
        start int;
      begin
        foreach token in array orders.search_tokens(value) loop
          start := 1;
          foreach part in array
            (string_to_array(translate(token, E'!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~' || E'\x01', repeat(' ', 33)), ' '))[1:32]
          loop
            if part <> '' then terms := terms || left(replace(substr(token, start), E'\x01', ''), 254); end if;
            start := start + length(part) + 1;
          end loop;
        end loop;
        return terms;
      end $function$;

CREATE OR REPLACE FUNCTION orders.search_parts_of_address(email text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select array(select term from unnest(orders.search_parts(email)) term
                      where term ~ '[@.]' or email !~ '@[^@]*\.') $function$;

CREATE OR REPLACE FUNCTION orders.search_terms(customer_name text, customer_email text, external_reference text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
          select array_remove(
              case
                when customer_name ~ '^[A-Za-z0-9]+( [A-Za-z0-9]+)?$'
                  then array[
                    -- Words that a part of the address begins with would find nothing more.
                    case when strpos('.' || translate(split_part(lower(customer_email collate "C"), '@', 1), '_+-', '...'),
                                     '.' || split_part(lower(customer_name collate "C"), ' ', 1)) > 0 then null
                         else split_part(lower(customer_name collate "C"), ' ', 1) end,
                    case when strpos('.' || translate(split_part(lower(customer_email collate "C"), '@', 1), '_+-', '...'),
                                     '.' || split_part(lower(customer_name collate "C"), ' ', 2)) > 0 then null
                         else nullif(split_part(lower(customer_name collate "C"), ' ', 2), '') end]
                when customer_name ~ '^[A-Za-z0-9]+( [A-Za-z0-9]+)*$' then string_to_array(lower(customer_name collate "C"), ' ')
                else orders.search_parts(customer_name) end
              || case
                when customer_email ~ '^[A-Za-z0-9]+([._+-][A-Za-z0-9]+)?@([A-Za-z0-9]+\.)?[A-Za-z0-9]+\.[A-Za-z]+$'
                  then array[
                    lower(customer_email collate "C"),
                    case when split_part(translate(split_part(customer_email, '@', 1), '_+-', '...'), '.', 2) <> ''
                         then substr(lower(customer_email collate "C"), strpos(translate(customer_email, '_+-', '...'), '.') + 1) end,
                    lower(split_part(customer_email, '@', 2) collate "C"),
                    case when split_part(split_part(customer_email, '@', 2), '.', 3) <> ''
                         then split_part(lower(split_part(customer_email, '@', 2) collate "C"), '.', 2)
                              || '.' || split_part(lower(split_part(customer_email, '@', 2) collate "C"), '.', 3) end]
                else orders.search_parts_of_address(customer_email) end
              || case
                when external_reference ~ '^[A-Za-z0-9]+(-[A-Za-z0-9]+)?$'
                  then array[
                    lower(external_reference collate "C"),
                    nullif(split_part(lower(external_reference collate "C"), '-', 2), '')]
                else orders.search_parts(external_reference) end,
            null) $function$;

CREATE OR REPLACE FUNCTION orders.search_tokens(value text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      declare letters text := products.searchable(value);
      begin
        if octet_length(letters) <> char_length(letters) then
          letters := regexp_replace(
            regexp_replace(letters,
              '[\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2016-\u205e\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb]', '.', 'g'),
            '([\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', E'\x01\\1', 'g');
        end if;
        return array(select word from (select btrim(token, E'!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~' || E'\x01') as word
                                         from unnest(string_to_array(letters, ' ')) token) words where word <> '');
      end $function$;

CREATE OR REPLACE FUNCTION orders.search_words(search text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select array(select left(replace(token, E'\x01', ''), 254)
                       from unnest(orders.search_tokens(search)) with ordinality tokens (token, n) group by 1 order by min(n)) $function$;

CREATE OR REPLACE FUNCTION orders.shared_length(a text, b text)
 RETURNS smallint
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
      begin
        for n in 1..length(a) loop
          if left(a, n) <> left(b, n) then return n - 1; end if;
        end loop;
        return length(a);
      end $function$;

-- ------------------------------------------------------------
-- products
-- ------------------------------------------------------------

create schema products;

create table products.products (
  id bigint not null generated always as identity,
  sku text not null,
  name text not null,
  description text not null default '',
  price_minor bigint not null,
  currency character(3) not null default 'USD',
  is_active boolean not null default true,
  version integer not null default 1,
  created_at timestamp(3) with time zone not null default now(),
  updated_at timestamp(3) with time zone not null default now(),
  changed_by text not null default 'system',
  request_id text,
  change_reason text,
  constraint products_pkey PRIMARY KEY (id),
  constraint products_sku_key UNIQUE (sku),
  constraint products_name_check CHECK (char_length(name) >= 1 AND char_length(name) <= 200),
  constraint products_price_minor_check CHECK (price_minor >= 1 AND price_minor <= 99999999),
  constraint products_sku_check CHECK (char_length(sku) >= 1 AND char_length(sku) <= 64),
  constraint products_version_check CHECK (version > 0)
);

CREATE INDEX products_by_actor ON products.products USING btree (changed_by, updated_at, id) WHERE (changed_by <> ALL (ARRAY['api', 'worker', 'scheduler']));
CREATE INDEX products_by_created ON products.products USING btree (created_at, id);
CREATE INDEX products_by_name ON products.products USING btree (name, id);
CREATE INDEX products_by_price ON products.products USING btree (price_minor, id);
CREATE INDEX products_by_updated ON products.products USING btree (updated_at, id);
CREATE INDEX products_search_text ON products.products USING gin (products.search_text(name, sku, description) gin_trgm_ops);
CREATE TRIGGER give_up_sku AFTER DELETE ON products.products FOR EACH ROW EXECUTE FUNCTION products.keep_sku();
CREATE TRIGGER keep_deleted AFTER DELETE ON products.products REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_product();
CREATE TRIGGER keep_sku AFTER UPDATE OF sku ON products.products FOR EACH ROW WHEN (old.sku IS DISTINCT FROM new.sku) EXECUTE FUNCTION products.keep_sku();
CREATE TRIGGER keep_updated AFTER UPDATE ON products.products REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.keep_product();
CREATE TRIGGER refuse_version_jump BEFORE UPDATE ON products.products FOR EACH ROW WHEN (new.version <> old.version AND new.version <> (old.version + 1)) EXECUTE FUNCTION audit.refuse_version_jump();
CREATE TRIGGER stamp_version BEFORE UPDATE ON products.products FOR EACH ROW WHEN (new.version = old.version) EXECUTE FUNCTION audit.stamp_version();
CREATE TRIGGER take_skus AFTER INSERT ON products.products REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION products.take_skus();

create table products.skus (
  folded text not null,
  product_id bigint not null,
  constraint skus_pkey PRIMARY KEY (folded),
  constraint skus_product_id_key UNIQUE (product_id)
);

CREATE OR REPLACE FUNCTION products.folded(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select btrim(case
          when octet_length(value) = char_length(value) then
            translate(lower(value collate "C"), E'\t\n\r\f\v', '     ')
          else
            regexp_replace(
              normalize(
                replace(
                  lower(
                    translate(
                      regexp_replace(
                        normalize(value, nfkc),
                        '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]+', '', 'g'),
                      'İı‘’ʼ‐‑‒–—―−', 'ii''''''-------')
                    collate pg_c_utf8) collate "C",
                  'ß', 'ss'),
                nfkc),
              '[\u0009-\u000d\u0085\u1680\u2028\u2029]', ' ', 'g')
          end) $function$;

CREATE OR REPLACE FUNCTION products.in_ascii(letters text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select case when octet_length(letters) = char_length(letters) then letters
                    else translate(encode(convert_to(letters, 'UTF8'), 'escape'), E'\\', 'x') end $function$;

CREATE OR REPLACE FUNCTION products.keep_sku()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        delete from products.skus where product_id = old.id;
        if tg_op = 'UPDATE' then insert into products.skus (folded, product_id) values (products.folded(new.sku), new.id); end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION products.search_letters(value text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      declare letters text := translate(products.searchable(value), E'!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32));
      begin
        if octet_length(letters) = char_length(letters) then return letters; end if;
        return regexp_replace(
          regexp_replace(letters,
            '[\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2016-\u205e\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb]', ' ', 'g'),
          '([\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', ' \1', 'g');
      end $function$;

CREATE OR REPLACE FUNCTION products.search_patterns(search text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select array(
          select distinct case when char_length(letters) < 3 then '% ' else '%' end || products.in_ascii(letters) || '%'
            from (select btrim(products.search_letters(word)) as letters
                    from unnest(string_to_array(products.searchable(search), ' ')) word) words
           where letters <> '') $function$;

CREATE OR REPLACE FUNCTION products.search_text(name text, sku text, description text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
      begin
        return ' ' || products.in_ascii(products.search_letters(name || ' ' || sku || ' ' || description));
      end $function$;

CREATE OR REPLACE FUNCTION products.searchable(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
        select case
          when octet_length(value) = char_length(value) then products.folded(value)
          else
            normalize(
              replace(replace(
                translate(
                  regexp_replace(
                    normalize(products.folded(value), nfkd),
                    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+', '', 'g'),
                  'ςøłđðħŧ', 'σolddht'),
                'æ', 'ae'), 'œ', 'oe'),
              nfkc)
          end $function$;

CREATE OR REPLACE FUNCTION products.take_skus()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into products.skus (folded, product_id) select products.folded(sku), id from new_rows order by 1;
        return null;
      end $function$;

-- ------------------------------------------------------------
-- simulation_runs
-- ------------------------------------------------------------

create schema simulation_runs;

create table simulation_runs.run_reports (
  run_id uuid not null,
  report json not null,
  pdf bytea not null,
  constraint run_reports_pkey PRIMARY KEY (run_id),
  constraint run_reports_run_id_fkey FOREIGN KEY (run_id) REFERENCES simulation_runs.runs(id) ON DELETE CASCADE
);

create table simulation_runs.runs (
  id uuid not null,
  status text not null,
  options jsonb not null,
  total_rows integer not null,
  inserted_rows integer not null default 0,
  failed_rows integer not null default 0,
  failure_reason text,
  starts smallint not null default 0,
  created_by text not null,
  request_id text not null,
  created_at timestamp(3) with time zone not null default now(),
  started_at timestamp(3) with time zone,
  progressed_at timestamp(3) with time zone not null default now(),
  ended_at timestamp(3) with time zone,
  constraint runs_pkey PRIMARY KEY (id),
  constraint runs_add_up CHECK ((inserted_rows + failed_rows) <= total_rows),
  constraint runs_begun_have_time CHECK ((status <> ALL (ARRAY['running', 'completed'])) OR started_at IS NOT NULL),
  constraint runs_completed_have_all CHECK (status <> 'completed' OR (inserted_rows + failed_rows) = total_rows),
  constraint runs_ended_have_time CHECK ((status = ANY (ARRAY['completed', 'failed'])) = (ended_at IS NOT NULL)),
  constraint runs_failed_have_reason CHECK ((status = 'failed') = (failure_reason IS NOT NULL)),
  constraint runs_failed_rows_check CHECK (failed_rows >= 0),
  constraint runs_inserted_rows_check CHECK (inserted_rows >= 0),
  constraint runs_status_check CHECK (status = ANY (ARRAY['queued', 'running', 'completed', 'failed'])),
  constraint runs_total_rows_check CHECK (total_rows > 0)
);

CREATE INDEX runs_under_way ON simulation_runs.runs USING btree (progressed_at) WHERE (status = ANY (ARRAY['queued', 'running']));
CREATE UNIQUE INDEX runs_one_at_a_time ON simulation_runs.runs USING btree (status) WHERE (status = 'running');

-- ------------------------------------------------------------
-- throttling
-- ------------------------------------------------------------

create schema throttling;

create unlogged table throttling.counters (
  key text not null,
  points integer not null default 0,
  expire bigint,
  constraint counters_pkey PRIMARY KEY (key)
);

CREATE INDEX counters_by_expiry ON throttling.counters USING btree (expire);
