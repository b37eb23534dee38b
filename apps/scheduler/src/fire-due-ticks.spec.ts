import { newestSlot } from './fire-due-ticks';

describe('the newest slot', () => {
  it.each([
    ['* * * * *', 'UTC', '2026-11-20T10:00:30.500Z', '2026-11-20T10:00:00.000Z'],
    ['* * * * *', 'UTC', '2026-11-20T10:01:00.000Z', '2026-11-20T10:01:00.000Z'],
    ['0 0 * * *', 'UTC', '2026-11-20T23:59:59.999Z', '2026-11-20T00:00:00.000Z'],
    ['0 0 * * *', 'Europe/Berlin', '2026-11-20T22:59:00.000Z', '2026-11-19T23:00:00.000Z'],
    ['0 3 * * 0', 'UTC', '2026-11-20T10:00:00.000Z', '2026-11-15T03:00:00.000Z'],
  ])('of %s in %s at %s is %s', (cron, timeZone, now, slot) => {
    expect(newestSlot({ cron, timeZone }, new Date(now)).toISOString()).toBe(slot);
  });
});
