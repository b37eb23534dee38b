import { ORDER_PRIORITIES } from '../order-priority';
import { ORDER_STATUSES } from '../order-status';
import type { OrderQuery } from './order-query';

/** Whether one index, on state, priority and time, serves the filter. Others have an index of their own. */
export function isByState({ statuses, priority, customerEmail, search, staleOnly }: OrderQuery): boolean {
  const hasState = statuses !== undefined && statuses.length > 0;
  return (hasState || priority !== undefined) && customerEmail === undefined && search === undefined && !staleOnly;
}

/**
 * Ids of the page of a filter by state, by priority or by both, as a condition on `o`. The page is merged from one page of every
 * state and priority that the filter covers, at most 18, each read from its place in the index. An index of its own for each of
 * the two would cost a write in every change of state of every order.
 */
export function isOnPageByState(query: OrderQuery): [condition: string, parameters: Record<string, unknown>] {
  const { from, to, after, limit, offset = 0 } = query;
  const order = query.descending ? 'desc' : 'asc';
  const conditions = [
    'paged.status = wanted.status and paged.priority = wanted.priority',
    ...(from ? ['paged.created_at >= :from'] : []),
    ...(to ? ['paged.created_at < :to'] : []),
    ...(after ? [`(paged.created_at, paged.id) ${query.descending ? '<' : '>'} (:createdAt, :id)`] : []),
  ];
  return [
    `o.id in (
       select page.id
         from (select status, priority
                 from unnest(cast(:pageStatuses as text[])) status, unnest(cast(:pagePriorities as smallint[])) priority) wanted
        cross join lateral (
          select paged.id, paged.created_at from orders.orders paged
           where ${conditions.join(' and ')}
           order by paged.created_at ${order}, paged.id ${order} limit ${offset + limit}) page
        order by page.created_at ${order}, page.id ${order} limit ${limit} offset ${offset})`,
    {
      pageStatuses: query.statuses?.length ? query.statuses : ORDER_STATUSES,
      pagePriorities: query.priority === undefined ? Object.values(ORDER_PRIORITIES) : [query.priority],
      ...(from && { from }),
      ...(to && { to }),
      ...after,
    },
  ];
}
