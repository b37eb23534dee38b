import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may do what: accounts, their sessions and API keys, the keys that sign access tokens, and what happened to all of these. No row
 * holds anything that lets somebody in: passwords and API keys are hashes, a session has a generation and a nonce, and the private
 * keys are encrypted under a key that is not in the database.
 */
export class Identity1764430000000 implements MigrationInterface {
  name = 'Identity1764430000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table identity.users (
        id uuid primary key,
        username text not null check (char_length(username) between 3 and 64),
        email text check (char_length(email) between 3 and 254),
        role text not null
          check (role in ('customer', 'viewer', 'operator', 'warehouse', 'manager', 'admin')),
        -- A password as it was typed can never be stored.
        password_hash text not null check (password_hash like '$argon2id$%'),
        is_active boolean not null default true,
        created_at timestamptz(3) not null default now(),
        updated_at timestamptz(3) not null default now()
      );
      create unique index users_username_key on identity.users (lower(username));
      create unique index users_email_key on identity.users (lower(email)) where email is not null;
      create index users_by_created on identity.users (created_at, id);
      -- Few among many customers: whether one of them is the last is asked while they are locked.
      create index users_admins on identity.users (id) where role = 'admin';

      -- References are looked at by COMMIT: a backup is restored table by table.
      create table identity.refresh_families (
        id uuid primary key,
        user_id uuid not null references identity.users deferrable initially deferred,
        nonce bytea not null check (octet_length(nonce) = 16),
        -- The refresh token of this number can be used, once; each use counts it up.
        generation integer not null default 1 check (generation > 0),
        created_at timestamptz(3) not null default now(),
        refreshed_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        ended_at timestamptz(3),
        end_reason text check (end_reason in ('logout', 'reused', 'password_changed', 'deactivated', 'displaced')),
        constraint families_end_for_a_reason check ((ended_at is null) = (end_reason is null))
      );
      create index refresh_families_by_user on identity.refresh_families (user_id, created_at);

      create table identity.api_keys (
        id uuid primary key,
        user_id uuid not null references identity.users deferrable initially deferred,
        name text not null check (char_length(name) between 1 and 100),
        prefix text not null check (char_length(prefix) = 12),
        hash bytea not null constraint api_keys_hash_key unique check (octet_length(hash) = 32),
        permissions text[] not null check (cardinality(permissions) between 1 and 50),
        expires_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3),
        revoked_at timestamptz(3)
      );
      create index api_keys_by_user on identity.api_keys (user_id, created_at, id);

      create table identity.login_attempts (
        -- A hash of account and address: neither can be read here.
        subject bytea primary key check (octet_length(subject) = 32),
        failures integer not null check (failures > 0),
        failed_at timestamptz(3) not null,
        paused_until timestamptz(3)
      );
      create index login_attempts_by_time on identity.login_attempts (failed_at);

      create table identity.security_events (
        id bigint generated always as identity primary key,
        at timestamptz(3) not null default now(),
        type text not null check (type ~ '^[a-z_]+[.][a-z_]+$'),
        principal text not null,
        user_id uuid,
        address text,
        request_id text,
        details jsonb not null default '{}'
      );
      create index security_events_by_time on identity.security_events (at, id);
      create index security_events_by_user on identity.security_events (user_id, at) where user_id is not null;

      create table identity.signing_keys (
        kid text primary key,
        public_jwk jsonb not null check (not public_jwk ? 'd'),
        encrypted_private_key bytea not null,
        created_at timestamptz(3) not null default now(),
        retired_at timestamptz(3)
      );
      -- One key signs; the others only verify what they signed.
      create unique index signing_keys_one_signs on identity.signing_keys ((retired_at is null)) where retired_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table identity.signing_keys, identity.security_events, identity.login_attempts, identity.api_keys,
                 identity.refresh_families, identity.users;
    `);
  }
}
