import { keysOf } from './typed-records';

/**
 * The states that a row can have, and from which to which it can go. The data is written once, in the file that makes the table;
 * everything else names a state by `names`, so that the compiler finds who speaks of it.
 */
export class StateTable<State extends string> {
  /** All states, in the order in which they are written. */
  readonly states: readonly State[];
  /** Each state by its name: `names.pending` is `'pending'`. */
  readonly names: { readonly [Name in State]: Name };

  constructor(private readonly transitions: Readonly<Record<State, readonly State[]>>) {
    this.states = keysOf(transitions);
    this.names = Object.fromEntries(this.states.map((state) => [state, state])) as { [Name in State]: Name };
  }

  /** Whether a row in the one state can get into the other. To stay is no transition. */
  canTransition(from: State, to: State): boolean {
    return this.transitions[from].includes(to);
  }

  /** Whether nothing leaves the state. */
  isFinal(state: State): boolean {
    return this.transitions[state].length === 0;
  }
}
