import { DomainError } from './domain-error';

/** The row was changed since the caller read it: reading it again shows what there is to decide. */
export class VersionMismatchError extends DomainError {
  readonly code = 'VERSION_MISMATCH';
  readonly kind = 'precondition_failed';

  constructor(current: number) {
    super(`It was changed meanwhile: its version is ${current} now. Read it again and repeat your change.`);
  }
}

/** What a change expects of the version: one of these, or any when undefined. */
export type ExpectedVersions = ReadonlySet<number> | undefined;

/** Throws VersionMismatchError unless the version is one that is expected. */
export function expectVersion(current: number, expected: ExpectedVersions): void {
  if (expected && !expected.has(current)) throw new VersionMismatchError(current);
}
