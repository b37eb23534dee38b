/** The contexts that the transaction which places orders reads and writes. They have to be in one database. */
export type PlacementContexts = 'orders' | 'inventory' | 'products';

/** The contexts that the transaction which brings orders through a transition reads and writes. */
export type TransitionContexts = 'orders' | 'inventory';
