import type { FieldError } from '@app/platform';

/** An item of a long list that cannot be taken, where the others go on without it. */
export class InvalidItem {
  constructor(
    /** As it was sent. */
    private readonly given: unknown,
    /** What is wrong, with fields as paths into the item; empty for the item as a whole. */
    readonly problems: readonly FieldError[],
    /** How many problems there are; `problems` may be the first of them. */
    readonly count = problems.length,
  ) {}

  /** It counts as what was sent, so that a repeated request is known again. */
  toJSON(): unknown {
    return this.given;
  }
}
