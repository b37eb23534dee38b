import type { VersionRow } from './versions.repository';

/** One column that a change gave another value. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** One version of a row and how it differs from the version before. */
export interface RowChange {
  row: VersionRow;
  type: 'created' | 'updated';
  changes: FieldChange[];
}

/** Columns that change with every version and say nothing about what was changed. */
const BOOKKEEPING = new Set(['version', 'updated_at', 'changed_by', 'request_id', 'change_reason']);

/**
 * The changes that led to each version, newest first. `versions` is newest first as well; the change of its last entry is left
 * out unless that is version 1, because the version before it is not there to compare with.
 */
export function rowHistory(versions: readonly VersionRow[]): RowChange[] {
  return versions.flatMap((row, index): RowChange[] => {
    if (row.version === 1) return [{ row, type: 'created', changes: [] }];
    const before = versions[index + 1];
    return before ? [{ row, type: 'updated', changes: differences(before, row) }] : [];
  });
}

function differences(before: VersionRow, after: VersionRow): FieldChange[] {
  return Object.keys(after)
    .filter((field) => !BOOKKEEPING.has(field) && before[field] !== after[field])
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}
