import { UnavailableError } from '@app/platform';

/** The server of the queues is away, or does not answer in time. */
export class QueueUnavailableError extends UnavailableError {
  override readonly code = 'QUEUE_UNAVAILABLE';

  constructor(
    message: string,
    override readonly cause?: unknown,
  ) {
    super(message);
  }
}
