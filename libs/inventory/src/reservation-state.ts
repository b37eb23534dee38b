import { StateTable } from '@app/platform';

/**
 * Which state a reservation can go to from which: it is resolved once. The database has the same names in a CHECK, and a trigger
 * that refuses a second resolution whoever asks.
 */
export const RESERVATION_TRANSITIONS = {
  /** The order reserves the units: they are among the reserved. */
  held: ['fulfilled', 'released'],
  /** They left with the order. */
  fulfilled: [],
  /** The order released them. */
  released: [],
} as const satisfies Record<string, readonly string[]>;

export type ReservationState = keyof typeof RESERVATION_TRANSITIONS;

export const RESERVATION_STATES = new StateTable<ReservationState>(RESERVATION_TRANSITIONS);

/** Each state by its name, for code and for SQL. */
export const ReservationState = RESERVATION_STATES.names;

/** The states of a reservation that was resolved. */
export type ResolvedState = Exclude<ReservationState, 'held'>;
