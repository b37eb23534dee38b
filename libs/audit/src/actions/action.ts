import type { FieldChange } from '../row-history';

/** What somebody did to something. */
export interface Action {
  place: ActionPlace;
  at: Date;
  /** The text of a principal; null when it is not known, or not any more. */
  actorText: string | null;
  action: string;
  entity: string;
  id: string | null;
  requestId: string | null;
  reason: string | null;
  /** Field by field, by the names of the columns. */
  changes: readonly FieldChange[];
  /** What else is known of it, by the kind of action. */
  details: Readonly<Record<string, unknown>>;
}

/** Where an action stands among all of them: by time, then by the source that it comes from, then as this source sorts. */
export interface ActionPlace {
  /** Microseconds since 1970. */
  at: number;
  /** Position of the source in the list of sources. */
  rank: number;
  /** What tells the actions of one moment in one source apart; only the source can read it. */
  key: string;
}

/** Which actions are wanted. */
export interface ActionFilter {
  entity?: string;
  id?: string;
  actorText?: string;
  action?: string;
  /** At or after. */
  from?: Date;
  /** Before. */
  until?: Date;
}

/** Where a source reads on. */
export interface SourcePlace {
  at: number;
  /** Of the last action that was read here; not given when it was another source's. */
  key?: string;
  /** Whether actions of that moment are still to come; only without a key. */
  includesMoment: boolean;
}

export interface SourceQuery extends ActionFilter {
  descending: boolean;
  after?: SourcePlace;
  limit: number;
}

/** An action as its source gives it. */
export type SourcedAction = Omit<Action, 'entity' | 'place'> & { place: Omit<ActionPlace, 'rank'> };

export interface SourcedActions {
  actions: SourcedAction[];
  /** As far as it looked, when that was as much as one request may read: there may be more behind. */
  stoppedAt?: Omit<ActionPlace, 'rank'>;
}

/** How many actions there are; capped when there are, or may be, more. */
export interface ActionCount {
  count: number;
  isCapped: boolean;
}

/** One way to find actions of one entity, on an index that serves it. */
export interface ActionSource {
  entity: string;
  /** Whether it is the one to ask; of the actions that match a filter each is in exactly one source that serves it. */
  serves(filter: ActionFilter): boolean;
  find(query: SourceQuery): Promise<SourcedActions>;
  count(filter: ActionFilter, max: number): Promise<ActionCount>;
}
