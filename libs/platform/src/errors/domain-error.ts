/**
 * What went wrong, in the terms that decide what happens next. One filter turns it into an HTTP status
 * (400, 401, 403, 404, 409, 412, 422, 429, 503), one policy into retry or dead letter.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'key_reused'
  | 'too_many'
  | 'unavailable';

/** One problem of one input field; `field` is a path such as `items[1].product_id`. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** Base of every error that a person can meet. `code` is stable: clients and runbooks rely on it. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  /** Ids that whoever meets the error needs to go on; an HTTP answer shows them as members of its own. */
  readonly members: Readonly<Record<string, string | readonly number[]>> = {};
  /** How long to wait before the same may be tried again, where that is known. */
  readonly retryAfterSeconds?: number;

  constructor(
    message: string,
    readonly fields: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }

  /** The same error for an input that has other names for its fields. */
  withFieldsNamed(rename: (field: string) => string): this {
    const fields = this.fields.map((problem) => ({ ...problem, field: rename(problem.field) }));
    const copy = Object.create(Reflect.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this)) as this;
    // On Node 24 the stack is read through a getter, which knows the first error only.
    Object.defineProperty(copy, 'stack', { value: this.stack, configurable: true, writable: true });
    return Object.assign(copy, { fields });
  }
}

/** The input breaks a rule; each field says which. */
export class InvalidInputError extends DomainError {
  readonly code = 'VALIDATION_FAILED';
  readonly kind = 'invalid';
}

/** Try again later: nothing is known to be wrong with the request. */
export class UnavailableError extends DomainError {
  readonly code: string = 'SERVICE_UNAVAILABLE';
  readonly kind = 'unavailable';
}
