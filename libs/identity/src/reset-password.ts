import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository';
import { PasswordHasher } from './password-hasher';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { type Cause, SecurityEvents } from './security-events';
import { UsersRepository } from './users.repository';

/**
 * Gives an account another password, for whoever has the machine. Somebody else may know the old one, so all sessions end, and all
 * API keys are revoked: one that a thief made would outlive the password. Throws UserNotFoundError, PasswordsBusyError.
 */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly families: RefreshFamiliesRepository,
    private readonly keys: ApiKeysRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  /** Returns how many API keys were revoked. */
  async execute(userId: string, wanted: string, cause: Cause): Promise<number> {
    // Slow, so before the transaction.
    const passwordHash = await this.passwords.hash(wanted, cause.client);
    return this.transactions.run(async (tx) => {
      await this.users.update(tx, userId, { passwordHash });
      await this.families.endAll(tx, userId, 'password_changed');
      // After the account is locked: a key that is being made is there now, and is revoked as well.
      const revoked = await this.keys.revokeAll(tx, userId);
      await this.events.record({ type: 'password.changed', userId }, cause, tx);
      for (const id of revoked)
        await this.events.record({ type: 'api_key.revoked', userId, details: { key_id: id } }, cause, tx);
      return revoked.length;
    });
  }
}
