import { newId, type Once, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type ApiKey, ApiKeysRepository } from './api-keys.repository';
import { API_KEY_PREFIX_LENGTH, hashOfApiKey, newApiKey } from './api-key-text';
import { PermissionNotHeldError, TooManyApiKeysError } from './errors';
import type { Permission } from './permissions';
import { type Cause, SecurityEvents } from './security-events';

/** Keys of one user that are not revoked. */
export const API_KEYS_PER_USER_MAX = 100;

export interface WantedApiKey {
  userId: string;
  /** What the user may do: no key can have more. */
  held: ReadonlySet<Permission>;
  name: string;
  permissions: readonly Permission[];
  expiresAt: Date | null;
}

export interface CreatedApiKey {
  apiKey: ApiKey;
  /** The key itself. */
  key: string;
}

/** Makes an API key, whose text is given out once. Throws PermissionNotHeldError, TooManyApiKeysError. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(wanted: WantedApiKey, cause: Cause, once?: Once<CreatedApiKey, 'identity'>): Promise<CreatedApiKey> {
    const { userId, held, name, expiresAt } = wanted;
    const permissions = [...new Set(wanted.permissions)];
    const missing = wanted.permissions
      .map((permission, index) => ({ index, permission }))
      .filter(({ permission }) => !held.has(permission));
    if (missing.length > 0) throw new PermissionNotHeldError(missing);
    const key = newApiKey();
    return this.transactions.run(
      async (tx) => {
        if ((await this.keys.countForUpdate(tx, userId)) >= API_KEYS_PER_USER_MAX)
          throw new TooManyApiKeysError(API_KEYS_PER_USER_MAX);
        const prefix = key.slice(0, API_KEY_PREFIX_LENGTH);
        const stored = { id: newId(), userId, name, prefix, permissions, expiresAt, hash: hashOfApiKey(key) };
        const apiKey = await this.keys.insert(tx, stored);
        await this.events.record(
          { type: 'api_key.created', userId, details: { key_id: apiKey.id, permissions } },
          cause,
          tx,
        );
        return { apiKey, key };
      },
      { once },
    );
  }
}
