import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

const BATCH_SIZE = 5000;
/** Ten million rows: 2,700 of them a second, every second of the hour between two runs. */
const BATCHES_MAX = 2000;

/** Removes idempotency keys that are older than their retention, in batches that are each committed. */
@Injectable()
export class CleanUpIdempotencyKeys {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    let removed = 0;
    for (let batch = 0; batch < BATCHES_MAX; batch++) {
      const count = await this.keys.deleteExpired(this.config.IDEMPOTENCY_KEY_RETENTION_HOURS, BATCH_SIZE);
      removed += count;
      if (count < BATCH_SIZE) break;
    }
    this.logger.info({ removed }, 'idempotency_keys.cleaned_up');
  }
}
