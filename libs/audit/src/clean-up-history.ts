import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type TrackedTable, VersionsRepository } from './versions.repository';

const BATCH_SIZE = 5000;
const BATCHES_MAX = 20_000;

/**
 * Removes the versions of each table that were superseded longer ago than their retention, oldest first, in batches that are each
 * committed. What remains of a row is always its newest versions; a row that is not settled keeps all of them. How far it went
 * is recorded before anything is removed: an interruption leaves versions that may go, never a gap without reason.
 */
@Injectable()
export class CleanUpHistory {
  constructor(
    private readonly versions: VersionsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(tables: readonly TrackedTable[]): Promise<void> {
    for (const table of tables) {
      const cutOff = await this.versions.recordCleanUp(table, this.config.HISTORY_RETENTION_DAYS);
      let removed = 0;
      for (let batch = 0; batch < BATCHES_MAX; batch++) {
        const count = await this.versions.deleteSuperseded(table, cutOff, BATCH_SIZE);
        removed += count;
        if (count < BATCH_SIZE) break;
      }
      this.logger.info({ table: table.name, cut_off: cutOff, removed }, 'history.cleaned_up');
    }
  }
}
