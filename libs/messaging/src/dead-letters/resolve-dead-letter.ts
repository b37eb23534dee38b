import { type Once, type Principal, Transactions, type AnyTx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { envelopeSchema } from '../outbox/event';
import { DEAD_LETTER_STATES, DeadLetterState, deadLetterState, type Resolution } from './dead-letter-state';
import { DeadLetterNotFoundError, DeadLetterResolvedError, DeadLetterUnreadableError } from './errors';

/**
 * Resolves a dead letter, once. The event of a replayed one goes back to the outbox under the id that it always had, so that whoever
 * acted on it already recognises it, and to the subscription that failed alone; should it fail again, it is an open dead letter again.
 * Throws DeadLetterNotFoundError, DeadLetterResolvedError, DeadLetterUnreadableError.
 */
@Injectable()
export class ResolveDeadLetter {
  constructor(private readonly transactions: Transactions<never>) {}

  async execute(id: string, resolution: Resolution, principal: Principal, once?: Once<void, never>): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        const [letter] = await tx.query<
          { envelope: unknown; subscription: string | null; resolution: Resolution | null }[]
        >('select envelope, subscription, resolution from messaging.dead_letters where id = $1 for update', [id]);
        if (!letter) throw new DeadLetterNotFoundError(id);
        const state = deadLetterState(letter.resolution);
        if (!DEAD_LETTER_STATES.canTransition(state, resolution)) throw new DeadLetterResolvedError(id, state);
        if (resolution === DeadLetterState.replayed) await this.sendAgain(tx, id, letter);
        // Guarded although the row is locked: should a path ever miss the lock, no decision is overwritten.
        const [, resolved] = await tx.query<[unknown, number]>(
          `update messaging.dead_letters set resolved_at = now(), resolution = $2, resolved_by = $3
            where id = $1 and resolution is null`,
          [id, resolution, principal.text],
        );
        if (resolved === 0) throw new DeadLetterResolvedError(id, resolution);
      },
      { once },
    );
  }

  private async sendAgain(
    tx: AnyTx,
    id: string,
    { envelope, subscription }: { envelope: unknown; subscription: string | null },
  ): Promise<void> {
    const { data: event } = envelopeSchema.safeParse(envelope);
    if (!event) throw new DeadLetterUnreadableError(id);
    // The job that failed may still be about to leave the queue, which would drop another one of its id: hence the count.
    // One that is not published yet goes to whom it is for anyway, and to this subscription as well. A dead letter without a name is
    // of a version that knew one consumer per event: the type stands for it, as in the jobs of that version.
    // One that was removed meanwhile is no news: at the very beginning of the feed, no reader sees its old version a second time.
    await tx.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at, tx, replays,
                                     subscriptions)
       values ($1, $2, $3, $4, $5, $6, $7, '0', 1, array[$8::text])
       on conflict (id) do update
         set published_at = null, locked_by = null, locked_until = null, replays = outbox.replays + 1,
             subscriptions = case when outbox.published_at is not null then excluded.subscriptions
                                  when outbox.subscriptions is not null then outbox.subscriptions || excluded.subscriptions end`,
      [
        event.id,
        event.type,
        event.aggregate_id,
        event.aggregate_version,
        event.correlation_id,
        JSON.stringify(event.payload),
        event.occurred_at,
        subscription ?? event.type,
      ],
    );
  }
}
