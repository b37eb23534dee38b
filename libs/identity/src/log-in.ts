import { Injectable } from '@nestjs/common';
import { CheckPassword } from './check-password';
import { LoginFailedError } from './errors';
import { OpenSession } from './open-session';
import type { Cause } from './security-events';
import type { Session } from './sessions';
import { UsersRepository } from './users.repository';

export interface Login {
  username: string;
  password: string;
}

/**
 * Begins a session for whoever knows the password. The answer to a wrong one is the same, and takes as long, whether the account
 * exists or not. Throws LoginFailedError, LoginPausedError, PasswordsBusyError.
 */
@Injectable()
export class LogIn {
  constructor(
    private readonly users: UsersRepository,
    private readonly checkPassword: CheckPassword,
    private readonly openSession: OpenSession,
  ) {}

  async execute({ username, password }: Login, cause: Cause): Promise<Session> {
    const find = () => this.users.findForLogin(username);
    const user = await this.checkPassword.execute(username, find, password, cause);
    if (!user) throw new LoginFailedError();
    return this.openSession.execute(user.id, user.passwordHash, cause);
  }
}
