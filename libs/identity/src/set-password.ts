import { type Once, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { type Cause, SecurityEvents } from './security-events';
import { UsersRepository } from './users.repository';

export interface WantedPassword {
  userId: string;
  wanted: string;
  /** The session that goes on; all others end. */
  keptFamilyId?: string;
}

/** Gives an account another password and ends its sessions. Throws UserNotFoundError, PasswordsBusyError. */
@Injectable()
export class SetPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly families: RefreshFamiliesRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(
    { userId, wanted, keptFamilyId }: WantedPassword,
    cause: Cause,
    once?: Once<void, 'identity'>,
  ): Promise<void> {
    // Slow, so before the transaction.
    const passwordHash = await this.passwords.hash(wanted, cause.client);
    await this.transactions.run(
      async (tx) => {
        await this.users.update(tx, userId, { passwordHash });
        await this.families.endAll(tx, userId, 'password_changed', keptFamilyId);
        await this.events.record({ type: 'password.changed', userId }, cause, tx);
      },
      { once },
    );
  }
}
