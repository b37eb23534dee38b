/** How long a batch of strangers waits for a locked row, before it is looked up which of them the lock keeps waiting. */
export const BRIEF_LOCK_MS = 800;

/**
 * A condition that is always true. Before the first row is locked it sets how long this transaction waits for a lock: as part of the
 * statement that locks, it costs neither a round trip nor a statement of its own.
 */
export const WAITS_BRIEFLY = `(select set_config('lock_timeout', '${BRIEF_LOCK_MS}ms', true)) is not null`;
