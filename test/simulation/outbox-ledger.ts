import type { EventEnvelope } from '@app/messaging';

/** The simulation met a state that must not be. */
export class Counterexample extends Error {}

interface Known {
  aggregate: string;
  version: number;
  /** It waited for its turn, which is no part of the order of versions: a job of a beginning that is past finds nothing to do. */
  isInLine: boolean;
  /** The relay that claimed it last; it holds it until another one may claim it, and does. */
  holder?: string;
  hasLease: boolean;
  isSent: boolean;
  isPublished: boolean;
}

/**
 * Follows every event from outside and objects when the outbox or a relay breaks a promise: one holder at a time, only what is held
 * is marked, nothing is marked that was not sent, and events of one aggregate that leave at once are sent for the first
 * time in their order.
 */
export class OutboxLedger {
  private readonly events = new Map<string, Known>();
  private readonly lastSent = new Map<string, number>();

  /** `hasConsumer`: an event that nobody acts on needs no job, so it counts as sent. */
  constructor(private readonly hasConsumer: (type: string) => boolean) {}

  get ids(): string[] {
    return [...this.events.keys()];
  }

  claimed(relay: string, claimed: readonly EventEnvelope[]): void {
    for (const { id, type, aggregate_id: aggregate, aggregate_version: version, payload } of claimed) {
      const isSent = !this.hasConsumer(type);
      const isInLine = (payload as { status?: string }).status === 'pending';
      const known = this.events.get(id) ?? {
        aggregate,
        version,
        isInLine,
        hasLease: false,
        isSent,
        isPublished: false,
      };
      if (known.isPublished) throw new Counterexample(`${relay} got version ${version}, which is published`);
      if (known.hasLease) throw new Counterexample(`${relay} got version ${version}, which ${known.holder} holds`);
      this.events.set(id, { ...known, holder: relay, hasLease: true });
    }
  }

  sent(relay: string, id: string): void {
    const known = this.of(id);
    const last = this.lastSent.get(known.aggregate) ?? 0;
    if (!known.isSent && !known.isInLine && known.version < last)
      throw new Counterexample(`${relay} sent version ${known.version} after version ${last} of the same order`);
    if (!known.isSent && !known.isInLine) this.lastSent.set(known.aggregate, known.version);
    known.isSent = true;
  }

  /** A relay has marked; `published` is what the outbox says of all events now. */
  marked(relay: string, ids: readonly string[], published: ReadonlySet<string>): void {
    for (const id of ids) {
      const known = this.of(id);
      if (known.holder !== relay) continue;
      known.isPublished = true;
      known.hasLease = false;
    }
    for (const [id, { isPublished, isSent, version }] of this.events) {
      if (published.has(id) && !isSent) throw new Counterexample(`version ${version} is published, but was never sent`);
      if (published.has(id) !== isPublished)
        throw new Counterexample(
          `${relay} marked version ${version}, which it does not hold, or it did not stay marked`,
        );
    }
  }

  released(relay: string, ids: readonly string[]): void {
    for (const id of ids)
      if (this.of(id).holder === relay) Object.assign(this.of(id), { holder: undefined, hasLease: false });
  }

  leasesRanOut(relay: string): void {
    for (const known of this.events.values()) if (known.holder === relay) known.hasLease = false;
  }

  private of(id: string): Known {
    return this.events.get(id)!;
  }
}
