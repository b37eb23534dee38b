import type { Action } from '@app/audit';
import type { LimitChange } from '@app/inventory';
import { z } from 'zod';
import { type ShownColumns, toShownChanges } from '../http/row-change.response';
import { EXAMPLE_ID } from '../openapi/example-of';
import { ORDER_COLUMNS } from '../orders/order-change.response';
import { PRODUCT_COLUMNS } from '../products/product-change.response';
import { AUDIT_ACTIONS, AUDIT_ENTITIES } from './list-audit.dto';

export const auditEntrySchema = z
  .object({
    at: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z', description: 'When it was written.' }),
    actor: z.string().nullable().meta({
      example: 'user:0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1',
      description:
        'Who did it: `user:` or `api_key:` with an id, a process by its name, `api` for a request without a credential, `sql:` and a role for a statement by hand. Null when it is not known (any more).',
    }),
    actor_name: z
      .string()
      .nullable()
      .meta({ example: 'ada', description: 'The username, or what the key is called; null for all others.' }),
    action: z.enum(AUDIT_ACTIONS).meta({ example: 'updated', description: 'What was done.' }),
    entity: z.enum(AUDIT_ENTITIES).meta({ example: 'order', description: 'To what kind of thing.' }),
    id: z.string().nullable().meta({
      example: EXAMPLE_ID,
      description: 'To which one: the order, the product (also of a stock level), the account; null for none of them.',
    }),
    request_id: z
      .string()
      .nullable()
      .meta({ example: 'req-4711', description: 'The request that asked for it; finds its log lines.' }),
    reason: z.string().nullable().meta({ example: null, description: 'Why, if somebody said so.' }),
    changes: z
      .array(
        z.object({
          field: z.string().meta({ example: 'notes', description: 'Name of the field.' }),
          from: z.unknown().meta({ description: 'Its value before.' }),
          to: z.unknown().meta({ description: 'Its value since.' }),
        }),
      )
      .meta({
        example: [{ field: 'notes', from: null, to: 'Leave at the door' }],
        description: 'Field by field. Empty when what was before is not kept any more.',
      }),
    details: z
      .record(z.string(), z.unknown())
      .meta({ example: { version: 2 }, description: 'What else is known, by the kind of action.' }),
  })
  .meta({ id: 'AuditEntry' });

const SHOWN: Readonly<Record<string, ShownColumns>> = {
  order: ORDER_COLUMNS,
  product: PRODUCT_COLUMNS,
  stock: { on_hand: ['quantity'] },
};

export function toAuditEntry(action: Action, names: ReadonlyMap<string, string>, limits: readonly LimitChange[]) {
  const { at, actorText, entity, id, requestId, reason, details } = action;
  return {
    at: at.toISOString(),
    actor: actorText,
    actor_name: (actorText !== null && names.get(actorText)) || null,
    action: action.action,
    entity,
    id,
    request_id: requestId,
    reason,
    changes: [
      ...toShownChanges(action.changes, SHOWN[entity] ?? {}),
      ...limits.map(({ limit, from, to }) => ({ field: limit, from, to })),
    ],
    details,
  };
}
