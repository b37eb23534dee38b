import type { FieldChange, RowChange } from '@app/audit';
import { OrderStatus } from '@app/orders';
import { z } from 'zod';

/** What every entry of a history has. */
export const rowChangeShape = {
  changed_date: z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T10:00:02.500Z' }),
  version: z.number().int().meta({ example: 2 }),
  changed_by: z.string().meta({ example: 'worker' }),
  change_type: z.enum(['created', 'updated']).meta({ example: 'updated' }),
  change_reason: z.string().nullable(),
  request_id: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })).meta({
    description:
      'Field by field, by the names of this API. Empty for the oldest version when those before it were cleaned up.',
    example: [{ field: 'status', from: OrderStatus.pending, to: OrderStatus.processing }],
  }),
};

/**
 * How the columns of a table appear in `changes`: by which name, and how a value that is not null is written. A column with null
 * is nobody's concern outside, and so is one that is not here.
 */
export type ShownColumns = Readonly<Record<string, [field: string, write?: (value: never) => unknown] | null>>;

export function toRowChange({ row, type, changes }: RowChange, columns: ShownColumns) {
  return {
    changed_date: new Date(row.updated_at).toISOString(),
    version: row.version,
    changed_by: row.changed_by,
    change_type: type,
    change_reason: row.change_reason,
    request_id: row.request_id,
    changes: toShownChanges(changes, columns),
  };
}

/** Changes of columns, by the names of this API. */
export function toShownChanges(changes: readonly FieldChange[], columns: ShownColumns): FieldChange[] {
  return changes.flatMap(({ field: column, from, to }) => {
    const shown = columns[column];
    if (!shown) return [];
    const [field, write = (value: unknown) => value] = shown;
    const written = (value: unknown) => (value === null ? null : write(value as never));
    return [{ field, from: written(from), to: written(to) }];
  });
}

/** A time of a kept row, as the API writes times. */
export function toTime(text: string): string {
  return new Date(text).toISOString();
}
