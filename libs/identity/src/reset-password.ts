import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository';
import { PasswordHasher } from './password-hasher';
import { ReplacePassword } from './replace-password';
import { type Cause, SecurityEvents } from './security-events';

/**
 * Gives an account another password, for whoever has the machine. Somebody else may know the old one, so all sessions end, and all
 * API keys are revoked: one that a thief made would outlive the password. Throws UserNotFoundError, PasswordsBusyError.
 */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly passwords: PasswordHasher,
    private readonly replacePassword: ReplacePassword,
    private readonly keys: ApiKeysRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  /** Returns how many API keys were revoked. */
  async execute(userId: string, wanted: string, cause: Cause): Promise<number> {
    // Slow, so before the transaction.
    const passwordHash = await this.passwords.hash(wanted, cause.client);
    return this.transactions.run(async (tx) => {
      await this.replacePassword.execute(tx, { userId, passwordHash }, cause);
      // After the account is locked: a key that is being made is there now, and is revoked as well.
      const revoked = await this.keys.revokeAll(tx, userId);
      for (const id of revoked)
        await this.events.record({ type: 'api_key.revoked', userId, details: { key_id: id } }, cause, tx);
      return revoked.length;
    });
  }
}
