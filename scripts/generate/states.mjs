import ts from 'typescript';
import { code, fence, heading, table } from './markdown.mjs';
import { docOf, nodes } from './source-tree.mjs';

const STOCK_EFFECTS = {
  none: '–',
  fulfill: 'fulfill: on hand and reserved fall together',
  release: 'release: reserved falls',
};

/** Every table of states, drawn and listed. */
export function states({ load, sources }) {
  const orders = load('libs/orders/src/order-status.ts');
  const { EVENT_OF_STATUS } = load('libs/orders/src/contracts/order-events.ts');
  const batches = load('libs/orders/src/bulk/batch-status.ts');
  const runs = load('libs/simulation/src/runs/run-status.ts');
  const reservations = load('libs/inventory/src/reservation-state.ts');
  const deadLetters = load('libs/messaging/src/dead-letters/dead-letter-state.ts');
  const stockEffect = (from, to) => orders.stockEffect(from, to);
  const section = sectionFrom(sources);
  return [
    heading(
      'States',
      'Orders, order batches, reservations, dead letters and simulations have states. Those of each are data in one file, which alone names them: code and SQL ask it, and the database has the same names in a CHECK. Whoever writes a state says which state it expects.',
    ),
    section({
      title: 'Orders',
      file: 'libs/orders/src/order-status.ts',
      stored: 'orders.orders.status',
      transitions: orders.ORDER_TRANSITIONS,
      begins: { pending: 'placed / reserve' },
      labelOf: (from, to) => (stockEffect(from, to) === 'none' ? '' : stockEffect(from, to)),
      columns: { 'holds stock': (state) => (orders.reservesStock(state) ? 'yes' : '–') },
    }),
    '\n### Transitions of orders\n',
    table(
      ['from', 'to', 'stock effect', 'event'],
      [
        ['–', code(orders.ORDER_STATUSES[0]), 'reserve: reserved rises', code('order.placed.v1')],
        ...arrows(orders.ORDER_TRANSITIONS).map(([from, to]) => [
          code(from),
          code(to),
          STOCK_EFFECTS[stockEffect(from, to)],
          code(EVENT_OF_STATUS[to].type),
        ]),
      ],
    ),
    section({
      title: 'Order batches',
      file: 'libs/orders/src/bulk/batch-status.ts',
      stored: 'orders.order_batches.status',
      transitions: batches.BATCH_TRANSITIONS,
      begins: {
        pending: 'stored for a worker',
        success: 'answered at once',
        partial: 'answered at once',
        failed: 'answered at once',
      },
    }),
    section({
      title: 'Reservations',
      file: 'libs/inventory/src/reservation-state.ts',
      stored: 'inventory.reservations.state',
      transitions: reservations.RESERVATION_TRANSITIONS,
      begins: { held: 'reserve' },
      labelOf: (_, to) => ({ fulfilled: 'fulfill', released: 'release' })[to],
    }),
    section({
      title: 'Dead letters',
      file: 'libs/messaging/src/dead-letters/dead-letter-state.ts',
      stored: 'messaging.dead_letters.resolution',
      transitions: deadLetters.DEAD_LETTER_TRANSITIONS,
      begins: { open: 'a job failed for good' },
      labelOf: (_, to) => (to === 'open' ? 'failed again' : ''),
    }),
    section({
      title: 'Simulations',
      file: 'libs/simulation/src/runs/run-status.ts',
      stored: 'simulation_runs.runs.status',
      transitions: runs.RUN_TRANSITIONS,
      begins: { queued: 'asked for' },
      labelOf: (from, to) => (from === 'running' && to === 'queued' ? 'its worker stopped' : ''),
    }),
  ].join('\n');
}

/** A diagram of a table of states, and a line for each state with the comment above it. */
function sectionFrom(sources) {
  return ({ title, file, stored, transitions, begins, labelOf = (_from, _to) => '', columns = {} }) => {
    const names = Object.keys(transitions);
    const isFinal = (state) => transitions[state].length === 0;
    const meanings = commentsIn(sources.find(({ path }) => path === file).ast);
    const labelled = (arrow, label) => `  ${arrow}${label ? `: ${label}` : ''}`;
    const diagram = [
      'stateDiagram-v2',
      ...Object.entries(begins).map(([state, label]) => labelled(`[*] --> ${state}`, label)),
      ...arrows(transitions).map(([from, to]) => labelled(`${from} --> ${to}`, labelOf(from, to))),
      ...names.filter(isFinal).map((state) => labelled(`${state} --> [*]`)),
    ];
    return [
      `\n## ${title}\n\nFrom ${code(file)}; stored in ${code(stored)}.\n`,
      fence('mermaid', diagram.join('\n')),
      table(
        ['state', 'meaning', ...Object.keys(columns), 'final'],
        names.map((state) => [
          code(state),
          meanings.get(state),
          ...Object.values(columns).map((valueOf) => valueOf(state)),
          isFinal(state) ? 'yes' : '–',
        ]),
      ),
    ].join('\n');
  };
}

function arrows(transitions) {
  return Object.entries(transitions).flatMap(([from, nexts]) => nexts.map((to) => [from, to]));
}

/** The comment above each state of the table that a file makes. */
function commentsIn(ast) {
  const [data] = nodes(ast, ts.isVariableDeclaration).filter(({ name }) => name.getText().endsWith('_TRANSITIONS'));
  return new Map(nodes(data, ts.isPropertyAssignment).map((property) => [property.name.getText(), docOf(property)]));
}
