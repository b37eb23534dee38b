import { EventBudget } from './event-budget';

const LIMITS = { perCause: 3, total: 5 };

describe('the budget of events', () => {
  const taken = (budget: EventBudget, cause: string, times: number, now = 0) =>
    Array.from({ length: times }, () => budget.take(cause, undefined, now)).filter(Boolean).length;

  it('keeps so many of one cause, and so many of all', () => {
    const budget = new EventBudget(LIMITS);
    expect(taken(budget, 'one', 10)).toBe(3);
    expect(taken(budget, 'two', 10)).toBe(2);
    expect(taken(budget, 'three', 10)).toBe(0);
  });

  it('begins anew each minute, and says how much was dropped in the one before', () => {
    const budget = new EventBudget(LIMITS);
    taken(budget, 'one', 10);
    const said: number[] = [];
    expect(budget.take('one', ({ dropped }) => said.push(dropped), 60_000)).toBe(true);
    expect(budget.take('one', ({ dropped }) => said.push(dropped), 120_000)).toBe(true);
    expect(said).toEqual([7]);
  });

  it('remembers no more causes than it keeps events', () => {
    const budget = new EventBudget(LIMITS);
    for (let cause = 0; cause < 1000; cause++) budget.take(`cause ${cause}`, undefined, 0);
    expect(budget.causes).toBe(LIMITS.total);
  });
});
