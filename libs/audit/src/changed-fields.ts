import { keysOf } from '@app/platform';

/**
 * Those of the changes that give a field of a row another value. A change of undefined leaves its field as it is. Empty when nothing
 * would be another: there is nothing to write then, and no new version.
 */
export function changedFields<Changes extends object>(
  row: { readonly [Field in keyof Changes]-?: unknown },
  changes: Changes,
): Partial<Changes> {
  const changed: Partial<Changes> = {};
  for (const field of keysOf<keyof Changes & string>(changes))
    if (changes[field] !== undefined && changes[field] !== row[field]) changed[field] = changes[field];
  return changed;
}
