import { CONTEXTS } from '../../apps/cli/src/contexts';

/** The schemas of all contexts, for `schemaname in …`. The queues' own tables, which belong to BullMQ, are in another one. */
export const CONTEXT_SCHEMAS = `(${CONTEXTS.map(({ context }) => `'${context}'`).join(', ')})`;
