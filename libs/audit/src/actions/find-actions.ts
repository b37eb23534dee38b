import type { Action, ActionCount, ActionFilter, ActionPlace, ActionSource, SourcePlace } from './action';

export interface ActionQuery extends ActionFilter {
  descending: boolean;
  /** Read on after this place. */
  after?: ActionPlace;
  limit: number;
}

export interface FoundActions {
  actions: Action[];
  /** As far as was looked, when there are fewer than asked for and there may be more behind. */
  stoppedAt?: ActionPlace;
}

/**
 * The next actions of all sources in one order. Each source gives as many as the page has at most, one source after the other: a
 * page takes one connection. Where a source stopped looking, the page ends, whatever the others know of later.
 */
export async function findActions(
  sources: readonly ActionSource[],
  { after, ...query }: ActionQuery,
): Promise<FoundActions> {
  const { descending, limit } = query;
  const direction = descending ? -1 : 1;
  const inOrder = (one: ActionPlace, other: ActionPlace) => direction * (one.at - other.at || one.rank - other.rank);
  const actions: Action[] = [];
  let end: ActionPlace | undefined;
  for (const [rank, source] of sources.entries()) {
    if (!isAsked(source, query)) continue;
    const found = await source.find({ ...query, after: after && placeIn(rank, after, direction) });
    for (const action of found.actions)
      actions.push({ ...action, entity: source.entity, place: { ...action.place, rank } });
    if (!found.stoppedAt || found.actions.length >= limit) continue;
    const stop = { ...found.stoppedAt, rank };
    if (!end || inOrder(stop, end) < 0) end = stop;
  }
  // Stable: the actions of one source stay as it sorts them.
  const known = actions.sort((one, other) => inOrder(one.place, other.place));
  const stoppedAt = end;
  const certain = stoppedAt ? known.filter(({ place }) => inOrder(place, stoppedAt) <= 0) : known;
  return { actions: certain.slice(0, limit), ...(certain.length < limit && { stoppedAt }) };
}

/** How many actions match, counted to `max` at most. */
export async function countActions(
  sources: readonly ActionSource[],
  filter: ActionFilter,
  max: number,
): Promise<ActionCount> {
  let [count, isCapped] = [0, false];
  for (const source of sources) {
    if (!isAsked(source, filter)) continue;
    const counted = await source.count(filter, max - count);
    count += counted.count;
    isCapped ||= counted.isCapped;
    if (count >= max) return { count: max, isCapped };
  }
  return { count, isCapped };
}

function isAsked(source: ActionSource, filter: ActionFilter): boolean {
  return (filter.entity === undefined || filter.entity === source.entity) && source.serves(filter);
}

function placeIn(rank: number, { at, rank: readRank, key }: ActionPlace, direction: number): SourcePlace {
  return rank === readRank
    ? { at, key, includesMoment: false }
    : { at, includesMoment: direction * (rank - readRank) > 0 };
}
