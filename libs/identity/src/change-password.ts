import { InvalidInputError, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { type Cause, SecurityEvents } from './security-events';
import { UsersRepository } from './users.repository';

export interface NewPassword {
  userId: string;
  /** Undefined for an operator who sets a forgotten one anew. */
  current?: string;
  wanted: string;
  /** The session that goes on; all others end. */
  keptFamilyId?: string;
}

/** Gives an account another password and ends its other sessions. Throws InvalidInputError for a wrong current one, UserNotFoundError. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly families: RefreshFamiliesRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions,
  ) {}

  async execute({ userId, current, wanted, keptFamilyId }: NewPassword, cause: Cause): Promise<void> {
    const stored = await this.users.passwordHashOf(userId);
    if (current !== undefined && !(await this.passwords.verify(current, stored))) {
      await this.events.record({ type: 'login.failed', userId, details: { at: 'password change' } }, cause);
      throw new InvalidInputError('The request is not valid.', [
        { field: 'current_password', code: 'wrong', message: 'This is not your password.' },
      ]);
    }
    const passwordHash = await this.passwords.hash(wanted);
    await this.transactions.run(async (tx) => {
      await this.users.update(tx, userId, { passwordHash });
      await this.families.endAll(tx, userId, 'password_changed', keptFamilyId);
      await this.events.record({ type: 'password.changed', userId }, cause, tx);
    });
  }
}
