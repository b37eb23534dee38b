import { type Once, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeyNotFoundError } from './errors';
import { type Cause, SecurityEvents } from './security-events';

/** Revokes an API key of a user: within seconds no process takes it any more. Throws ApiKeyNotFoundError. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(id: string, userId: string, cause: Cause, once?: Once<void, 'identity'>): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        if (!(await this.keys.revoke(tx, id, userId))) throw new ApiKeyNotFoundError(id);
        await this.events.record({ type: 'api_key.revoked', userId, details: { key_id: id } }, cause, tx);
      },
      { once },
    );
  }
}
