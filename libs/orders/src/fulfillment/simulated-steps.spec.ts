import { randomUUID } from 'node:crypto';
import { loadConfig } from '@app/platform';
import { simulatedDelayMs, SimulatedSteps } from './simulated-steps';

const configOf = (settings: Record<string, string>) => loadConfig({ DATABASE_URL: 'postgres://x@y/z', ...settings });
const steps = (settings: Record<string, string>) => new SimulatedSteps(configOf(settings));
const orders = Array.from({ length: 2000 }, () => randomUUID());

describe('simulated steps', () => {
  it('delay within the configured range, spread over it', () => {
    const config = configOf({ SIMULATED_DELAY_MS_MIN: '100', SIMULATED_DELAY_MS_MAX: '200' });
    const delays = orders.map((order) => simulatedDelayMs(config, 'shipping', order));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...delays)).toBeLessThanOrEqual(200);
    expect(delays.filter((delay) => delay < 150).length).toBeGreaterThan(800);
  });

  it('repeat for the same seed and differ for another', () => {
    const run = (seed: string) => {
      const config = configOf({ SIMULATION_SEED: seed });
      return orders.map((order) => simulatedDelayMs(config, 'delivery', order));
    };
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
  });

  it.each<[string, number]>([
    ['0', 0],
    ['1', 2000],
    ['0.25', 500],
  ])('fail at the rate %s', async (rate, expected) => {
    const simulated = steps({ SIMULATED_FAILURE_RATE_PROCESSING: rate });
    const results = await Promise.all(
      orders.map((orderId) => simulated.perform({ stage: 'processing', orderId, idempotencyKey: orderId })),
    );
    const failed = results.filter(({ succeeded }) => !succeeded).length;
    expect(Math.abs(failed - expected)).toBeLessThan(expected === 500 ? 100 : 1);
    expect((await simulated.perform({ stage: 'delivery', orderId: orders[0]!, idempotencyKey: 'x' })).succeeded).toBe(
      true,
    );
  });
});
