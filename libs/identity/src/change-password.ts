import { InvalidInputError, type Once } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CheckPassword } from './check-password';
import type { Cause } from './security-events';
import { SetPassword, type WantedPassword } from './set-password';
import { UsersRepository } from './users.repository';

/**
 * Gives an account another password, for whoever knows the current one. A wrong one counts like one at a login: who has found a
 * token cannot try passwords here. Throws InvalidInputError, UserNotFoundError, LoginPausedError, PasswordsBusyError.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly checkPassword: CheckPassword,
    private readonly setPassword: SetPassword,
  ) {}

  async execute(
    { current, ...wanted }: WantedPassword & { current: string },
    cause: Cause,
    once?: Once<void, 'identity'>,
  ): Promise<void> {
    const { username } = await this.users.get(wanted.userId);
    const find = () => this.users.findForLogin(username);
    if (!(await this.checkPassword.execute(username, find, current, cause)))
      throw new InvalidInputError('The request is not valid.', [
        { field: 'current_password', code: 'wrong', message: 'This is not your password.' },
      ]);
    await this.setPassword.execute(wanted, cause, once);
  }
}
