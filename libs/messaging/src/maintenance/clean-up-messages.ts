import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
import { HeartbeatsRepository } from '../liveness/heartbeats.repository';
import { OutboxRepository } from '../outbox/outbox.repository';
import { TicksRepository } from '../schedule/ticks.repository';

const BATCH_SIZE = 5000;
/** Ten million rows: 2,700 of them a second, every second of the hour between two runs. */
const BATCHES_MAX = 2000;

/**
 * Removes what nobody will ask for again: published outbox rows, resolved dead letters, old ticks, heartbeats of processes that are
 * gone.
 */
@Injectable()
export class CleanUpMessages {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly deadLetters: DeadLettersRepository,
    private readonly ticks: TicksRepository,
    private readonly heartbeats: HeartbeatsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    const outboxRows = await inBatches(() =>
      this.outbox.deletePublished(this.config.OUTBOX_RETENTION_HOURS, BATCH_SIZE),
    );
    const deadLetters = await inBatches(() =>
      this.deadLetters.deleteResolved(this.config.DEAD_LETTER_RETENTION_DAYS, BATCH_SIZE),
    );
    const ticks = await this.ticks.deleteOlderThan(this.config.OUTBOX_RETENTION_HOURS);
    await this.heartbeats.deleteOlderThanADay();
    this.logger.info({ outbox_rows: outboxRows, dead_letters: deadLetters, ticks }, 'messaging.cleaned_up');
  }
}

/** Each batch is its own transaction: a removal of a whole day's rows would hold its locks for as long. */
async function inBatches(remove: () => Promise<number>): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const count = await remove();
    removed += count;
    if (count < BATCH_SIZE) break;
  }
  return removed;
}
