import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';

const SLICE = 500;
const SLICES_MAX = 100;

/**
 * Writes the words of orders anew that were placed before the search knew parts of words, slice by slice, each in a transaction of
 * its own that says how far it came: killed at any moment, it goes on from there. Each run takes at most 50,000 orders.
 */
@Injectable()
export class RewriteSearchWords {
  constructor(private readonly transactions: Transactions<'orders'>) {}

  /** Returns how many orders it looked at. */
  async execute(slice = SLICE): Promise<number> {
    let orders = 0;
    for (let round = 0; round < SLICES_MAX; round++) {
      const rewritten = await this.rewriteSlice(slice);
      orders += rewritten;
      if (rewritten === 0) break;
    }
    return orders;
  }

  private rewriteSlice(slice: number): Promise<number> {
    return this.transactions.run(async (tx) => {
      // One worker at a time, and nobody changes a name by hand meanwhile: see orders.index_terms_again. Requests that were running
      // when the words changed have ended a minute later.
      await tx.query(`select pg_advisory_xact_lock('orders.search_rewriting'::regclass::oid::bigint)`);
      const [from] = await tx.query<{ rewritten_up_to: string }[]>(
        `select rewritten_up_to from orders.search_rewriting where began_at < now() - interval '1 minute'`,
      );
      if (!from) return 0;
      const [{ count, last }] = await tx.query<[{ count: number; last: string | null }]>(REWRITE, [
        from.rewritten_up_to,
        slice,
      ]);
      if (last === null) await tx.query('delete from orders.search_rewriting');
      else await tx.query('update orders.search_rewriting set rewritten_up_to = $1', [last]);
      return count;
    });
  }
}

/** Removes the entries that an order should not have, and adds those that it lacks, as the trigger orders.index_terms writes them. Of orders that have the new ones, nothing changes. */
const REWRITE = `
  with slice as materialized (
    select id, created_at, customer_name, customer_email, external_reference
      from orders.orders where id > $1 order by id limit $2),
  wanted as materialized (
    select term, created_at, id,
           case when previous is null then 0 else orders.shared_length(previous, term) end as shared_length
      from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
              from slice, unnest(orders.search_terms(customer_name, customer_email, external_reference)) term) terms
     where term is distinct from previous),
  removed as (
    delete from orders.order_search entry
     using (select distinct term, created_at, id
              from slice, unnest(orders.former_search_terms(customer_name, customer_email, external_reference)) term) former
     where entry.term = former.term and entry.created_at = former.created_at and entry.order_id = former.id
       and not exists (select from wanted where wanted.id = former.id and wanted.term = former.term)),
  added as (
    insert into orders.order_search as entry (term, created_at, order_id, shared_length)
    select term, created_at, id, shared_length from wanted
    on conflict (term, created_at, order_id) do update set shared_length = excluded.shared_length
     where entry.shared_length <> excluded.shared_length)
  select (select count(*) from slice) as count, (select id from slice order by id desc limit 1) as last`;
