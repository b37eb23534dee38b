import { DomainError } from './domain-error';

/** Rows that a list sorts when no index has the order that is asked for. */
export const SORTED_ROWS_MAX = 10_000;

/** More rows match than a list sorts in an order that no index has. Filters make them fewer. */
export class TooManyToSortError extends DomainError {
  readonly code = 'TOO_MANY_TO_SORT';
  readonly kind = 'invalid';

  constructor(ordering: string) {
    super(
      `More than ${SORTED_ROWS_MAX} match, which is too many to sort by ${ordering}. Narrow them down with filters.`,
      [
        {
          field: 'ordering',
          code: 'too_many_to_sort',
          message: `At most ${SORTED_ROWS_MAX} are sorted by ${ordering}.`,
        },
      ],
    );
  }
}
