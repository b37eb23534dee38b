import { type ActionFilter, VERSION_ACTIONS } from '@app/audit';
import { SECURITY_EVENT_TYPES } from '@app/identity';
import { STOCK_ACTIONS } from '@app/inventory';
import { z } from 'zod';
import { pageQuery } from '../http/paging';
import { endOf, moment, text } from '../http/validation';

/** What is done to each kind of thing. */
const ACTIONS_OF = {
  order: VERSION_ACTIONS,
  product: VERSION_ACTIONS,
  stock: STOCK_ACTIONS,
  user: SECURITY_EVENT_TYPES,
} as const satisfies Record<string, readonly string[]>;
export const AUDIT_ENTITIES = [
  'order',
  'product',
  'stock',
  'user',
] as const satisfies readonly (keyof typeof ACTIONS_OF)[];
export const AUDIT_ACTIONS = [...VERSION_ACTIONS, ...STOCK_ACTIONS, ...SECURITY_EVENT_TYPES] as const;

const UUID = { schema: z.uuid(), what: 'the UUID of' };
const PRODUCT = { schema: z.string().regex(/^[1-9]\d{0,14}$/), what: 'the number of' };
const ID_OF = {
  order: { ...UUID, whose: 'an order' },
  product: { ...PRODUCT, whose: 'a product' },
  stock: { ...PRODUCT, whose: 'a product' },
  user: { ...UUID, whose: 'an account' },
} as const;

/** Query of `GET /api/v1/audit/`. */
export const listAuditSchema = z
  .strictObject({
    actor: text(1, 1000).optional().meta({
      description:
        'Who did it, as the entries say it: `user:<id>`, `api_key:<id>`, `worker`, `scheduler`, `cli`, or `api` for requests without a credential.',
      example: 'user:0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1',
    }),
    entity: z.enum(AUDIT_ENTITIES).optional().meta({
      description:
        'To what kind of thing. `stock`: what is on hand was received, counted, taken out or written off; what orders take of it is in the ledger of the product. `user`: accounts and their credentials.',
      example: 'stock',
    }),
    id: text(1, 64).optional().meta({
      description:
        'To which one: of an order or account its UUID, of a product or its stock the number. Needs `entity`.',
      example: '1',
    }),
    action: z.enum(AUDIT_ACTIONS).optional().meta({ description: 'What was done.', example: 'adjust' }),
    date_from: moment.optional().meta({ description: 'At or after this time or date.', example: '2026-01-01' }),
    date_to: moment.optional().meta({ description: 'Before; a date includes that day.', example: '2030-12-31' }),
    page_size: pageQuery.page_size,
    cursor: pageQuery.cursor,
  })
  .superRefine(({ entity, id, action }, context) => {
    if (id !== undefined && entity === undefined)
      context.addIssue({
        code: 'custom',
        path: ['entity'],
        message: `An id alone says little: say of what it is, one of ${AUDIT_ENTITIES.join(', ')}.`,
      });
    if (id !== undefined && entity !== undefined && !ID_OF[entity].schema.safeParse(id).success)
      context.addIssue({
        code: 'custom',
        path: ['id'],
        message: `Must be ${ID_OF[entity].what} ${ID_OF[entity].whose}.`,
      });
    if (action !== undefined && entity !== undefined && !ACTIONS_OF[entity].some((known) => known === action))
      context.addIssue({
        code: 'custom',
        path: ['action'],
        message: `Is not done to this kind of thing. Send one of ${ACTIONS_OF[entity].join(', ')}.`,
      });
  });
export type ListAuditQuery = z.infer<typeof listAuditSchema>;

export function toActionFilter({ actor, entity, id, action, date_from, date_to }: ListAuditQuery): ActionFilter {
  return {
    actorText: actor,
    entity,
    id,
    action,
    from: date_from === undefined ? undefined : new Date(date_from),
    until: date_to === undefined ? undefined : endOf(date_to),
  };
}
