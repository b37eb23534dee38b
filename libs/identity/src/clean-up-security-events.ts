import { CONFIG, type Config, deleteInBatches, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Removes security events that are older than their retention, oldest first, in batches that are each committed. */
@Injectable()
export class CleanUpSecurityEvents {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    const removed = await deleteInBatches((limit) => this.deleteOld(limit));
    this.logger.info({ removed }, 'security.events_cleaned_up');
  }

  private async deleteOld(limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from identity.security_events where id = any(array(
         select id from identity.security_events where at < now() - $1 * interval '1 day'
          order by at, id limit $2 for update skip locked))`,
      [this.config.SECURITY_EVENT_RETENTION_DAYS, limit],
    );
    return count;
  }
}
