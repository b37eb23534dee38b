import { Injectable } from '@nestjs/common';
import { LoginPausedError } from './errors';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { PasswordHasher } from './password-hasher';
import { type Cause, SecurityEvents } from './security-events';

/** An account, as far as its password goes. */
export interface PasswordHolder {
  id: string;
  username: string;
  passwordHash: string;
  isActive: boolean;
}

/** Who causes something from nowhere in particular, such as the command line. */
const NOWHERE = '';

/**
 * Finds out whether a password is that of an account; after several wrong ones the pair of account and client has to wait. All of it
 * is done in the client's turn: however many guesses arrive at once, each is looked at after those before it were counted.
 */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly passwords: PasswordHasher,
    private readonly attempts: LoginAttemptsRepository,
    private readonly events: SecurityEvents,
  ) {}

  /**
   * The account, if it can log in and this is its password. Takes as long for an account that does not exist.
   * Throws LoginPausedError, PasswordsBusyError.
   */
  async execute<Holder extends PasswordHolder>(
    username: string,
    find: () => Promise<Holder | undefined>,
    password: string,
    cause: Cause,
  ): Promise<Holder | undefined> {
    const { client = NOWHERE } = cause;
    return this.passwords.inTurn(client, async () => {
      const pauseSeconds = await this.attempts.pauseSeconds(username, client);
      if (pauseSeconds > 0) throw new LoginPausedError(pauseSeconds);
      const holder = await find();
      const isRight = await this.passwords.verify(password, holder?.passwordHash);
      if (holder?.isActive && isRight) {
        await this.attempts.forget(username, client);
        return holder;
      }
      await this.attempts.countFailure(username, client);
      await this.events.recordBounded({ type: 'login.failed', userId: holder?.id }, cause, client);
      return undefined;
    });
  }
}
