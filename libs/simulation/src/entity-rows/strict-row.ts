import { InvalidInputError } from '@app/platform';
import type { EntityRow } from '../rows/entity-row';
import { type RowProblem, strictProblems } from '../rules/check-row';
import { missingReferences, type RoutedRow, type UseStores } from '../run/insert-row';

/** Throws InvalidInputError when the strict rules find something wrong with the row by itself, with all that they find. */
export function requireStrict(row: EntityRow): void {
  refuseInvalid(strictProblems(row), 'invalid_value');
}

/** Throws InvalidInputError when a row that this one refers to is not there. */
export async function requireReferences(routed: Pick<RoutedRow, 'references'>, use: UseStores): Promise<void> {
  refuseInvalid((await missingReferences(routed, use)) ?? [], 'not_found');
}

function refuseInvalid(problems: readonly RowProblem[], code: string): void {
  if (problems.length > 0)
    throw new InvalidInputError(
      'The request is not valid.',
      problems.map((problem) => ({ ...problem, code })),
    );
}
