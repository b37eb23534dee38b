import { StateTable } from '@app/platform';

/**
 * Which state a dead letter can go to from which. A person resolves it; an event that fails once more is an open dead letter again.
 * The table stores the resolution, which an open one does not have; the database has the two of them in a CHECK.
 */
export const DEAD_LETTER_TRANSITIONS = {
  /** Nobody has decided about it. */
  open: ['replayed', 'discarded'],
  /** The event was sent again. */
  replayed: ['open'],
  /** Somebody decided that it is not sent again. */
  discarded: ['open'],
} as const satisfies Record<string, readonly string[]>;

export type DeadLetterState = keyof typeof DEAD_LETTER_TRANSITIONS;

export const DEAD_LETTER_STATES = new StateTable<DeadLetterState>(DEAD_LETTER_TRANSITIONS);

/** Each state by its name, for code and for SQL. */
export const DeadLetterState = DEAD_LETTER_STATES.names;

/** What a person can decide about an open dead letter. */
export type Resolution = Exclude<DeadLetterState, 'open'>;
export const RESOLUTIONS = DEAD_LETTER_TRANSITIONS.open;

/** The state that a stored resolution stands for. */
export function deadLetterState(resolution: Resolution | null): DeadLetterState {
  return resolution ?? 'open';
}
