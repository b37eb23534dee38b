import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { DataSource } from 'typeorm';

/** Access tokens of a retired key are accepted for so long: far longer than any of them lives. */
const VERIFIES_FOR = "interval '1 hour'";
/** Seed of the lock of those who make keys. */
const MAKING_LOCK = 7_203_114_552;

export interface StoredSigningKey {
  kid: string;
  publicJwk: JWK;
  encryptedPrivateKey: Buffer;
  signs: boolean;
}

@Injectable()
export class SigningKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The key that signs, and those whose tokens may still be in use. */
  async findUsable(tx?: Tx<'identity'>): Promise<StoredSigningKey[]> {
    return (tx ?? this.dataSource).query<StoredSigningKey[]>(
      `select kid, public_jwk as "publicJwk", encrypted_private_key as "encryptedPrivateKey", retired_at is null as signs
         from identity.signing_keys where retired_at is null or retired_at > now() - ${VERIFIES_FOR} order by created_at desc, kid`,
    );
  }

  /** Whoever makes a key holds this until the transaction ends: of two processes that start together one makes it. */
  async lockMaking(tx: Tx<'identity'>): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [MAKING_LOCK]);
  }

  /** Lets a new key sign, and retires the one before. Keys that no token can need any more are removed. */
  async replace(
    tx: Tx<'identity'>,
    { kid, publicJwk, encryptedPrivateKey }: Omit<StoredSigningKey, 'signs'>,
  ): Promise<void> {
    await tx.query(`delete from identity.signing_keys where retired_at <= now() - ${VERIFIES_FOR}`);
    await tx.query('update identity.signing_keys set retired_at = now() where retired_at is null');
    await tx.query('insert into identity.signing_keys (kid, public_jwk, encrypted_private_key) values ($1, $2, $3)', [
      kid,
      JSON.stringify(publicJwk),
      encryptedPrivateKey,
    ]);
  }
}
