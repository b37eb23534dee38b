import { RESERVATION_STATES, type ReservationState } from './reservation-state';

/** The whole table once more, pair by pair, so that no edit of one goes unnoticed. */
const ALLOWED = ['held → fulfilled', 'held → released'];

const { states } = RESERVATION_STATES;
const PAIRS = states.flatMap((from) => states.map((to): [ReservationState, ReservationState] => [from, to]));

describe('reservation state', () => {
  it.each(PAIRS)('%s → %s is as the design says', (from, to) => {
    expect(RESERVATION_STATES.canTransition(from, to)).toBe(ALLOWED.includes(`${from} → ${to}`));
  });

  it('is resolved once: nothing leaves a resolved reservation', () => {
    expect(states.filter((state) => RESERVATION_STATES.isFinal(state))).toEqual(['fulfilled', 'released']);
  });
});
