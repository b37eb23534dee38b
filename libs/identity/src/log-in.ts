import { Injectable } from '@nestjs/common';
import { LoginFailedError, LoginPausedError } from './errors';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { OpenSession } from './open-session';
import { PasswordHasher } from './password-hasher';
import { type Cause, SecurityEvents } from './security-events';
import type { Session } from './sessions';
import { UsersRepository } from './users.repository';

export interface Login {
  username: string;
  password: string;
  /** Where it comes from. */
  address: string;
}

/**
 * Begins a session for whoever knows the password. The answer to a wrong one is the same, and takes as long, whether the account
 * exists or not; after several of them the pair of account and address has to wait.
 * Throws LoginFailedError, LoginPausedError, PasswordsBusyError.
 */
@Injectable()
export class LogIn {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly attempts: LoginAttemptsRepository,
    private readonly openSession: OpenSession,
    private readonly events: SecurityEvents,
  ) {}

  async execute({ username, password, address }: Login, cause: Cause): Promise<Session> {
    const pauseSeconds = await this.attempts.pauseSeconds(username, address);
    if (pauseSeconds > 0) throw new LoginPausedError(pauseSeconds);
    const user = await this.users.findForLogin(username);
    const isRight = await this.passwords.verify(password, user?.passwordHash);
    if (!user?.isActive || !isRight) {
      await this.attempts.countFailure(username, address);
      await this.events.record({ type: 'login.failed', userId: user?.id }, cause);
      throw new LoginFailedError();
    }
    await this.attempts.forget(username, address);
    return this.openSession.execute(user.id, user.passwordHash, cause);
  }
}
