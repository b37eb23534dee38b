import type { RowChange } from '@app/audit';
import { z } from 'zod';

/** What every entry of a history has. */
export const rowChangeShape = {
  changed_date: z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T10:00:02.500Z' }),
  version: z.number().int().meta({ example: 2 }),
  changed_by: z.string().meta({ example: 'worker' }),
  change_type: z.enum(['created', 'updated']).meta({ example: 'updated' }),
  change_reason: z.string().nullable(),
  request_id: z.string().nullable(),
  changes: z
    .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
    .meta({ example: [{ field: 'status', from: 'pending', to: 'processing' }] }),
};

export function toRowChange({ row, type, changes }: RowChange) {
  return {
    changed_date: new Date(row.updated_at).toISOString(),
    version: row.version,
    changed_by: row.changed_by,
    change_type: type,
    change_reason: row.change_reason,
    request_id: row.request_id,
    changes: changes.map(({ field, from, to }) => ({ field, from, to })),
  };
}
