import { loadConfig } from '@app/platform';
import { QueueFlow } from './queue-flow';

describe('the flow of jobs', () => {
  const config = loadConfig({ DATABASE_URL: 'postgres://localhost/x', WORKER_STALLED_AFTER_MS: '90000' });
  const after = (seconds: number) => performance.now() + seconds * 1000;

  it('counts a queue as stalled when nothing came through it for too long', () => {
    const flow = new QueueFlow(config);
    expect(flow.stalled(after(80))).toEqual([]);
    expect(flow.stalled(after(100))).toEqual(['fulfillment', 'bulk', 'maintenance']);
  });

  it('gives each of several workers as much longer as there are workers', () => {
    const flow = new QueueFlow(config);
    flow.shareWith(3);
    expect(flow.stalled(after(260))).toEqual([]);
    expect(flow.stalled(after(280))).toHaveLength(3);
  });

  it('counts a queue as stalled at once when its receiving side ended', () => {
    const flow = new QueueFlow(config);
    flow.ended('bulk');
    expect(flow.stalled()).toEqual(['bulk']);
  });
});
