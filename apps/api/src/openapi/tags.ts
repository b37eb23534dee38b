/** The groups of the document, in the order in which they are shown. Those without an operation are left out. */
export const TAGS: Readonly<Record<string, string>> = {
  orders:
    'Place, watch, change and cancel orders. An order goes from `pending` through `processing` and `shipped` to `delivered`, or ends `cancelled` or `failed`.',
  products: 'The catalogue. Every product has a stock level from its first moment.',
  inventory: 'What is on hand, what is reserved by open orders, what is available, and the ledger of every movement.',
  'simple clients':
    'A smaller surface beside the other: orders by user, product ids and a total; statuses in capitals.',
  accounts:
    'Who may do what: log in, accounts and their roles, API keys for programs. Outside of production nothing else needs a credential unless `AUTH_MODE` says so.',
  audit:
    'Who did what to what, when, and by which request: changes of orders, products and stock, and what happened to accounts and credentials.',
  // Before the simulation itself, which empties the stores, and what orders name before them: examples are sent in this order.
  'simulation rows':
    'The users and products of the insertion simulation, row by row: in the stores of the simulation, not in the shop.',
  'simulation orders': 'The orders of the insertion simulation, which name its users and products.',
  simulation:
    'The insertion simulation: rows go into three databases at once, with a report of every attempt. A worker carries it out.',
  operations: 'Health and figures of the product itself.',
  'dead letters': 'Jobs that could not be handled. Mend the cause, then replay them, or discard them.',
};
