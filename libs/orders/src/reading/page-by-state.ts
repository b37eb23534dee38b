import { ORDER_PRIORITIES } from '../order-priority';
import { ORDER_STATUSES } from '../order-status';
import type { OrderQuery } from './order-query';

const FIRST = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const;
const LAST = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] as const;

/** Whether one index, on state, priority and time, serves the filter and the order. Others have an index of their own. */
export function isByState(query: OrderQuery): boolean {
  const { statuses, priority, customerEmail, search, userId, staleOnly, sort = 'created_at' } = query;
  const hasState = (statuses !== undefined && statuses.length > 0) || sort === 'status';
  const isSorted = sort === 'created_at' || sort === 'status';
  return (
    isSorted &&
    (hasState || priority !== undefined) &&
    customerEmail === undefined &&
    search === undefined &&
    userId === undefined &&
    !staleOnly
  );
}

/**
 * Ids of the page of a filter by state, by priority or by both, as a condition on `o`. The page is merged from one page of every
 * state and priority that the filter covers, at most 18, each read from its place in the index. An index of its own for each of
 * the two would cost a write in every change of state of every order. Sorted by state, each state is read from its first order on,
 * that of the row before from there on, and those before it not at all.
 */
export function isOnPageByState(query: OrderQuery): [condition: string, parameters: Record<string, unknown>] {
  const { from, to, after, descending, limit, offset = 0 } = query;
  const order = descending ? 'desc' : 'asc';
  const isSorted = query.sort === 'status';
  const statuses = query.statuses?.length ? query.statuses : ORDER_STATUSES;
  const reached = isSorted ? after?.value : undefined;
  const [beginning, first] = descending ? LAST : FIRST;
  const bounds =
    reached === undefined
      ? ''
      : `, case status when :reached then cast(:createdAt as timestamptz) else cast(:beginning as timestamptz) end as after_time,
           case status when :reached then cast(:id as uuid) else cast(:first as uuid) end as after_id`;
  const place = reached === undefined ? ':createdAt, :id' : 'wanted.after_time, wanted.after_id';
  const conditions = [
    'paged.status = wanted.status and paged.priority = wanted.priority',
    ...(from ? ['paged.created_at >= :from'] : []),
    ...(to ? ['paged.created_at < :to'] : []),
    ...(after ? [`(paged.created_at, paged.id) ${descending ? '<' : '>'} (${place})`] : []),
  ];
  return [
    `o.id in (
       select page.id
         from (select status, priority${bounds}
                 from unnest(cast(:pageStatuses as text[])) status, unnest(cast(:pagePriorities as smallint[])) priority) wanted
        cross join lateral (
          select paged.id, paged.created_at from orders.orders paged
           where ${conditions.join(' and ')}
           order by paged.created_at ${order}, paged.id ${order} limit ${offset + limit}) page
        order by ${isSorted ? `wanted.status ${order}, ` : ''}page.created_at ${order}, page.id ${order} limit ${limit} offset ${offset})`,
    {
      pageStatuses: statuses.filter((status) => !reached || (descending ? status <= reached : status >= reached)),
      pagePriorities: query.priority === undefined ? Object.values(ORDER_PRIORITIES) : [query.priority],
      ...(from && { from }),
      ...(to && { to }),
      ...(after && { createdAt: after.createdAt, id: after.id }),
      ...(reached !== undefined && { reached, beginning, first }),
    },
  ];
}
