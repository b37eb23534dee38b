import { DomainError, UnavailableError } from '@app/platform';
import type { Permission } from './permissions';

/** No user has this id. */
export class UserNotFoundError extends DomainError {
  readonly code = 'USER_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`User ${id} does not exist.`);
  }
}

/** Another account has this username or e-mail address; letters are equal whatever their case. */
export class AccountTakenError extends DomainError {
  readonly code = 'ACCOUNT_TAKEN';
  readonly kind = 'conflict';

  constructor(field: 'username' | 'email') {
    super(`There is an account with this ${field === 'email' ? 'e-mail address' : 'username'} already.`, [
      { field, code: 'taken', message: 'Choose a different one.' },
    ]);
  }
}

/** One administrator that can log in must be left. */
export class LastAdminError extends DomainError {
  readonly code = 'LAST_ADMIN';
  readonly kind = 'conflict';

  constructor() {
    super('This is the last active administrator. Make another one first.');
  }
}

/** Username or password is wrong, or the account is deactivated: the answer does not tell which. */
export class LoginFailedError extends DomainError {
  readonly code = 'LOGIN_FAILED';
  readonly kind = 'unauthenticated';

  constructor() {
    super('The username or the password is wrong.');
  }
}

/** After several wrong passwords for an account from one address, that address has to wait; others do not. */
export class LoginPausedError extends DomainError {
  readonly code = 'LOGIN_PAUSED';
  readonly kind = 'too_many';

  constructor(override readonly retryAfterSeconds: number) {
    super('Too many wrong passwords for this account from your address. Try again later.');
  }
}

/** The refresh token is not valid, expired, or was used before; in the last case its whole session is ended. */
export class RefreshRefusedError extends DomainError {
  readonly code = 'REFRESH_REFUSED';
  readonly kind = 'unauthenticated';

  constructor() {
    super('The refresh token cannot be used (any more). Log in again.');
  }
}

/** The request has no credential, and needs one. */
export class CredentialRequiredError extends DomainError {
  readonly code = 'CREDENTIAL_REQUIRED';
  readonly kind = 'unauthenticated';

  constructor() {
    super('Log in and send `Authorization: Bearer <access token>`, or send `X-API-Key`.');
  }
}

/** The access token or API key is not valid, expired, revoked, or of a deactivated account. */
export class CredentialRefusedError extends DomainError {
  readonly code = 'CREDENTIAL_REFUSED';
  readonly kind = 'unauthenticated';

  constructor() {
    super('The access token or API key is not valid, has expired, or was revoked.');
  }
}

/** The credential is good, and does not allow this. */
export class PermissionMissingError extends DomainError {
  readonly code = 'PERMISSION_MISSING';
  readonly kind = 'forbidden';

  constructor(permission: Permission) {
    super(`This needs the permission ${permission}.`);
  }
}

/** Only a person who has logged in here can do this; an API key, or a user of a foreign issuer, cannot. */
export class LoginRequiredError extends DomainError {
  readonly code = 'LOGIN_REQUIRED';
  readonly kind = 'forbidden';

  constructor() {
    super('Only a user who has logged in here can do this. Log in and use the access token.');
  }
}

/** An API key can be given only what its maker has. */
export class PermissionNotHeldError extends DomainError {
  readonly code = 'PERMISSION_NOT_HELD';
  readonly kind = 'forbidden';

  constructor(permissions: readonly { index: number; permission: Permission }[]) {
    super(
      'A key cannot have permissions that you do not have.',
      permissions.map(({ index, permission }) => ({
        field: `permissions[${index}]`,
        code: 'not_held',
        message: `You do not have ${permission}.`,
      })),
    );
  }
}

/** No API key of yours has this id. */
export class ApiKeyNotFoundError extends DomainError {
  readonly code = 'API_KEY_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`API key ${id} does not exist.`);
  }
}

/** A user has as many API keys as there may be. */
export class TooManyApiKeysError extends DomainError {
  readonly code = 'TOO_MANY_API_KEYS';
  readonly kind = 'conflict';

  constructor(max: number) {
    super(`You have ${max} API keys. Revoke one first.`);
  }
}

/** The issuer of a foreign token does not answer, so nobody can tell whether the token is good. Own tokens and keys are. */
export class IssuerAwayError extends UnavailableError {
  override readonly code = 'ISSUER_AWAY';

  constructor(options?: ErrorOptions) {
    super('The issuer of this token cannot be reached at the moment. Try again.', [], options);
  }
}

/** More passwords wait to be checked than this process takes on. */
export class PasswordsBusyError extends UnavailableError {
  override readonly code = 'PASSWORDS_BUSY';
}
