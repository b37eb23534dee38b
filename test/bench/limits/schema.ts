import { PRODUCTS } from '../load/requests';

/** Plain tables for the limits: what anybody would make for orders with lines, stock, its ledger and an outbox. */
export const LIMIT_SCHEMA = `
  create table products (id bigint primary key, sku text not null unique, name text not null, price_minor bigint not null);
  create table stock (product_id bigint primary key, on_hand bigint not null, reserved bigint not null default 0,
    version int not null default 0, check (on_hand >= 0 and reserved >= 0 and reserved <= on_hand)) with (fillfactor = 50);
  create table orders (id uuid primary key, customer_name text not null, customer_email text not null,
    shipping_address text, status text not null, priority smallint not null default 2, total_minor bigint not null,
    version int not null default 1, status_since timestamptz not null default now(),
    created_at timestamptz not null default now(), updated_at timestamptz not null default now()) with (fillfactor = 80);
  create index on orders (created_at desc, id desc);
  create index on orders (status, status_since) where status in ('pending', 'processing', 'shipped');
  create table lines (order_id uuid not null, line_no smallint not null, product_id bigint not null, sku text not null,
    name text not null, quantity int not null, unit_minor bigint not null, primary key (order_id, line_no));
  create table movements (id bigint generated always as identity primary key, product_id bigint not null, order_id uuid,
    kind text not null, quantity int not null, previous_on_hand bigint not null, new_on_hand bigint not null,
    previous_reserved bigint not null, new_reserved bigint not null, at timestamptz not null default now());
  create index on movements (product_id, id);
  create table outbox (id uuid primary key, aggregate_id uuid not null, aggregate_version int not null, type text not null,
    payload jsonb not null, created_at timestamptz not null default now(), published_at timestamptz, locked_by text,
    locked_until timestamptz);
  create index on outbox (created_at) where published_at is null;
  insert into products select n, 'BENCH-' || n, 'Product ' || n, 1000 + n from generate_series(1, ${PRODUCTS}) n;
  insert into stock select n, 1000000000 from generate_series(1, ${PRODUCTS}) n;
`;
