import { BullmqTransport, QUEUES, type Transport } from '@app/messaging';
import { type Config, createLogger } from '@app/platform';
import { type Check, check } from './check';

const LOOKS = 20;

/** What is in the queues, asked of the queue server itself. */
export class QueueDepths {
  readonly transport: Transport;

  constructor(config: Config) {
    this.transport = new BullmqTransport(config, createLogger(config, 'chaos'));
  }

  /** Jobs that wait, are held back, or are being handled. Rejects while the server does not answer. */
  async underWay(): Promise<number> {
    const depths = await this.transport.depths();
    return QUEUES.reduce((sum, name) => sum + depths[name].waiting + depths[name].delayed + depths[name].active, 0);
  }

  /** I11: nothing is left, and what failed for good is a dead letter and not in the queue's own set of failures. */
  async check(): Promise<Check> {
    // A worker's sign of life passes through the queues now and then: it is gone at the next look.
    let left = await this.underWay();
    for (let look = 1; left > 0 && look < LOOKS; look++) left = await this.underWay();
    const depths = await this.transport.depths();
    const failed = QUEUES.reduce((sum, name) => sum + depths[name].failed, 0);
    const broken = [
      ...(left > 0 ? [`${left} jobs are left: ${JSON.stringify(depths)}`] : []),
      ...(failed > 0 ? [`${failed} jobs failed in the queue, where nobody looks`] : []),
    ];
    return check('I11', 'the queues are empty', broken, { jobs_left: left, failed_in_queue: failed });
  }

  async close(): Promise<void> {
    await this.transport.close();
  }
}
