import { StateTable } from './state-table';

const table = new StateTable<'asleep' | 'awake' | 'gone'>({ asleep: ['awake'], awake: ['asleep', 'gone'], gone: [] });

describe('a table of states', () => {
  it('names its states, in the order in which they are written', () => {
    expect(table.states).toEqual(['asleep', 'awake', 'gone']);
    expect(table.names).toEqual({ asleep: 'asleep', awake: 'awake', gone: 'gone' });
  });

  it('allows what is written, and no state to follow itself', () => {
    const allowed = table.states.flatMap((from) =>
      table.states.filter((to) => table.canTransition(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(allowed).toEqual(['asleep → awake', 'awake → asleep', 'awake → gone']);
  });

  it('ends where nothing leaves', () => {
    expect(table.states.filter((state) => table.isFinal(state))).toEqual(['gone']);
  });
});
