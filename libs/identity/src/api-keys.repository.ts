import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Permission, Role } from './permissions';

/** An API key, as its owner sees it after it was made. */
export interface ApiKey {
  id: string;
  userId: string;
  name: string;
  /** The first characters of the key, for people to recognise it. */
  prefix: string;
  permissions: Permission[];
  expiresAt: Date | null;
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date | null;
}

/** A key that may be used now, with what its owner may do. */
export interface UsableApiKey {
  id: string;
  userId: string;
  name: string;
  role: Role;
  permissions: Permission[];
  expiresAt: Date | null;
  /** Its last use was written more than a minute ago, or never. */
  isUseUnwritten: boolean;
}

const COLUMNS = `id, user_id as "userId", name, prefix, permissions, expires_at as "expiresAt", created_at as "createdAt",
  last_used_at as "lastUsedAt"`;
const WRITE_USES_EVERY = "interval '1 minute'";

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Those of a user that are not revoked, the newest first. */
  async findByUser(userId: string): Promise<ApiKey[]> {
    return this.dataSource.query<ApiKey[]>(
      `select ${COLUMNS} from identity.api_keys where user_id = $1 and revoked_at is null order by created_at desc, id desc`,
      [userId],
    );
  }

  /** Locks the user, so that two requests at once cannot both make the last key, and counts what it has. */
  async countForUpdate(tx: Tx<'identity'>, userId: string): Promise<number> {
    await tx.query('select from identity.users where id = $1 for update', [userId]);
    const [{ count }] = await tx.query<[{ count: number }]>(
      'select count(*) from identity.api_keys where user_id = $1 and revoked_at is null',
      [userId],
    );
    return count;
  }

  async insert(
    tx: Tx<'identity'>,
    key: Pick<ApiKey, 'id' | 'userId' | 'name' | 'prefix' | 'permissions' | 'expiresAt'> & { hash: Buffer },
  ): Promise<ApiKey> {
    const [stored] = await tx.query<[ApiKey]>(
      `insert into identity.api_keys (id, user_id, name, prefix, hash, permissions, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [key.id, key.userId, key.name, key.prefix, key.hash, key.permissions, key.expiresAt],
    );
    return stored;
  }

  /** Revokes a key of a user; undefined when the user has no such key. */
  async revoke(tx: Tx<'identity'>, id: string, userId: string): Promise<ApiKey | undefined> {
    const [[revoked]] = await tx.query<[ApiKey[], number]>(
      `update identity.api_keys set revoked_at = now() where id = $1 and user_id = $2 and revoked_at is null returning ${COLUMNS}`,
      [id, userId],
    );
    return revoked;
  }

  /** Revokes all keys of a user; returns their ids. */
  async revokeAll(tx: Tx<'identity'>, userId: string): Promise<string[]> {
    const [revoked] = await tx.query<[{ id: string }[], number]>(
      'update identity.api_keys set revoked_at = now() where user_id = $1 and revoked_at is null returning id',
      [userId],
    );
    return revoked.map(({ id }) => id);
  }

  /** What keys are called, by id; revoked ones as well. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const keys = await this.dataSource.query<{ id: string; name: string }[]>(
      'select id, name from identity.api_keys where id = any($1::uuid[])',
      [ids],
    );
    return new Map(keys.map(({ id, name }) => [id, name]));
  }

  /** The key with this hash, if it may be used now. */
  async findUsable(hash: Buffer): Promise<UsableApiKey | undefined> {
    const [key] = await this.dataSource.query<UsableApiKey[]>(
      `select key.id, key.user_id as "userId", key.name, owner.role, key.permissions, key.expires_at as "expiresAt",
              coalesce(key.last_used_at < now() - ${WRITE_USES_EVERY}, true) as "isUseUnwritten"
         from identity.api_keys key join identity.users owner on owner.id = key.user_id
        where key.hash = $1 and key.revoked_at is null and (key.expires_at is null or key.expires_at > now()) and owner.is_active`,
      [hash],
    );
    return key;
  }

  /** Writes that a key is used, at most once a minute, however many processes see it. */
  async writeUse(id: string): Promise<void> {
    await this.dataSource.query(
      `update identity.api_keys set last_used_at = now()
        where id = $1 and coalesce(last_used_at < now() - ${WRITE_USES_EVERY}, true)`,
      [id],
    );
  }
}
