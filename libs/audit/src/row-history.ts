/** A row as it was or is, by its column names; times are RFC 3339 text. */
export type VersionRow = Record<string, unknown> & {
  version: number;
  updated_at: string;
  changed_by: string;
  request_id: string | null;
  change_reason: string | null;
};

/** One column that a change gave another value. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** One version of a row and how it differs from the version before. */
export interface RowChange<Row extends VersionRow = VersionRow> {
  row: Row;
  type: 'created' | 'updated';
  /** Empty for the oldest version that is kept when those before it were cleaned up: nothing is there to compare it with. */
  changes: FieldChange[];
}

/** Columns that change with every version and say nothing about what was changed. */
const BOOKKEEPING = new Set(['version', 'updated_at', 'changed_by', 'request_id', 'change_reason']);

/**
 * The changes that led to each version, newest first. `versions` is newest first as well. Unless nothing older is kept, its last
 * entry is there to compare with only and not in the result, except when it is version 1.
 */
export function rowHistory<Row extends VersionRow>(versions: readonly Row[], isOldestKept: boolean): RowChange<Row>[] {
  return versions.flatMap((row, index): RowChange<Row>[] => {
    if (row.version === 1) return [{ row, type: 'created', changes: [] }];
    const before = versions[index + 1];
    if (before) return [{ row, type: 'updated', changes: differences(before, row) }];
    return isOldestKept ? [{ row, type: 'updated', changes: [] }] : [];
  });
}

/** The columns that have another value after than before, without what changes every time. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  return Object.keys(after)
    .filter((field) => !BOOKKEEPING.has(field) && (before[field] ?? null) !== (after[field] ?? null))
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}
