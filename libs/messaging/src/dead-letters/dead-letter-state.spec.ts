import { DEAD_LETTER_STATES, type DeadLetterState, deadLetterState, RESOLUTIONS } from './dead-letter-state';

/** The whole table once more, pair by pair, so that no edit of one goes unnoticed. */
const ALLOWED = ['open → replayed', 'open → discarded', 'replayed → open', 'discarded → open'];

const { states } = DEAD_LETTER_STATES;
const PAIRS = states.flatMap((from) => states.map((to): [DeadLetterState, DeadLetterState] => [from, to]));

describe('dead letter state', () => {
  it.each(PAIRS)('%s → %s is as the design says', (from, to) => {
    expect(DEAD_LETTER_STATES.canTransition(from, to)).toBe(ALLOWED.includes(`${from} → ${to}`));
  });

  it('is what the stored resolution says, and open without one', () => {
    expect([null, ...RESOLUTIONS].map(deadLetterState)).toEqual(states);
  });
});
