import { code, fence, heading, table } from './markdown.mjs';

const WHAT_HAPPENS = {
  none: '–',
  fulfill: 'fulfill: on hand and reserved fall together',
  release: 'release: reserved falls',
};

/** The states of an order, drawn and listed. */
export function orderStates({ load }) {
  const { ORDER_TRANSITIONS, holdsStock, isFinal, stockEffect } = load('libs/orders/src/order-status.ts');
  const { EVENT_OF_STATUS } = load('libs/orders/src/contracts/order-events.ts');
  const states = Object.keys(ORDER_TRANSITIONS);
  const moves = states.flatMap((from) =>
    ORDER_TRANSITIONS[from].map((to) => ({ from, to, effect: stockEffect(from, to) })),
  );
  const diagram = [
    'stateDiagram-v2',
    `  [*] --> ${states[0]}: placed / reserve`,
    ...moves.map(({ from, to, effect }) => `  ${from} --> ${to}${effect === 'none' ? '' : `: ${effect}`}`),
    ...states.filter(isFinal).map((state) => `  ${state} --> [*]`),
  ];
  return [
    heading(
      'States of an order',
      'From `libs/orders/src/order-status.ts`, the only place that knows them. Everything that depends on the state of an order asks that table; one guarded statement writes the state.',
    ),
    fence('mermaid', diagram.join('\n')),
    table(
      ['state', 'holds stock', 'final'],
      states.map((state) => [code(state), holdsStock(state) ? 'yes' : '–', isFinal(state) ? 'yes' : '–']),
    ),
    '\n## Transitions\n',
    table(
      ['from', 'to', 'stock effect', 'event'],
      [
        ['–', code(states[0]), 'reserve: reserved rises', code('order.placed.v1')],
        ...moves.map(({ from, to, effect }) => [
          code(from),
          code(to),
          WHAT_HAPPENS[effect],
          code(EVENT_OF_STATUS[to].type),
        ]),
      ],
    ),
  ].join('\n');
}
