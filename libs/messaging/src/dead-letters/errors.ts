import { DomainError } from '@app/platform';

/** No dead letter has this id. */
export class DeadLetterNotFoundError extends DomainError {
  readonly code = 'DEAD_LETTER_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`There is no dead letter ${id}.`);
  }
}

/** It was replayed or discarded before. */
export class DeadLetterResolvedError extends DomainError {
  readonly code = 'DEAD_LETTER_RESOLVED';
  readonly kind = 'conflict';

  constructor(id: string, resolution: string) {
    super(`Dead letter ${id} was ${resolution} already.`);
  }
}

/** What is in it never was an event, so there is nothing that could be sent again. */
export class DeadLetterUnreadableError extends DomainError {
  readonly code = 'DEAD_LETTER_UNREADABLE';
  readonly kind = 'conflict';

  constructor(id: string) {
    super(`Dead letter ${id} holds no readable event and cannot be replayed. Discard it.`);
  }
}
