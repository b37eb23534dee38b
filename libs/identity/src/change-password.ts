import { InvalidInputError, type Once, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CheckPassword } from './check-password';
import { PasswordHasher } from './password-hasher';
import { ReplacePassword } from './replace-password';
import type { Cause } from './security-events';
import { UsersRepository } from './users.repository';

export interface PasswordChange {
  userId: string;
  current: string;
  wanted: string;
  /** The session that goes on; all others end. */
  keptFamilyId?: string;
}

/**
 * Gives an account another password, for whoever knows the current one, and ends its other sessions; its API keys go on. A wrong one
 * counts like one at a login: who has found a token cannot try passwords here. Throws InvalidInputError, UserNotFoundError,
 * LoginPausedError, PasswordsBusyError.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly checkPassword: CheckPassword,
    private readonly passwords: PasswordHasher,
    private readonly replacePassword: ReplacePassword,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(
    { userId, current, wanted, keptFamilyId }: PasswordChange,
    cause: Cause,
    once?: Once<void, 'identity'>,
  ): Promise<void> {
    const { username } = await this.users.get(userId);
    const find = () => this.users.findForLogin(username);
    const checked = await this.checkPassword.execute(username, find, current, cause);
    if (!checked) throw wrongPassword();
    // Slow, so before the transaction.
    const passwordHash = await this.passwords.hash(wanted, cause.client);
    await this.transactions.run(
      async (tx) => {
        // Looked at again: whoever changed or reset it meanwhile did so to keep out who knows the one that was checked.
        if (!(await this.users.lockUnchanged(tx, userId, checked.passwordHash))) throw wrongPassword();
        await this.replacePassword.execute(tx, { userId, passwordHash, keptFamilyId }, cause);
      },
      { once },
    );
  }
}

function wrongPassword(): InvalidInputError {
  return new InvalidInputError('The request is not valid.', [
    { field: 'current_password', code: 'wrong', message: 'This is not your password.' },
  ]);
}
