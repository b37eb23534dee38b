import { ReadDurations } from './read-durations';

const ROUTE = '/api/v1/orders/';

describe('ReadDurations', () => {
  it('takes a read for a long one from more than 10 ms on the average until it takes no more than 5', () => {
    const durations = new ReadDurations();
    expect(durations.isLong('1.1.1.1', ROUTE)).toBe(false);
    durations.add('1.1.1.1', ROUTE, 10);
    expect(durations.isLong('1.1.1.1', ROUTE)).toBe(false);
    durations.add('1.1.1.1', ROUTE, 14);
    expect(durations.isLong('1.1.1.1', ROUTE)).toBe(true);
    for (let reads = 0; reads < 20; reads++) durations.add('1.1.1.1', ROUTE, 8);
    expect(durations.isLong('1.1.1.1', ROUTE)).toBe(true);
    for (let reads = 0; reads < 20; reads++) durations.add('1.1.1.1', ROUTE, 4);
    expect(durations.isLong('1.1.1.1', ROUTE)).toBe(false);
  });

  it('takes the reads of other addresses and on other routes for what they are', () => {
    const durations = new ReadDurations();
    durations.add('1.1.1.1', ROUTE, 100);
    expect(durations.isLong('2.2.2.2', ROUTE)).toBe(false);
    expect(durations.isLong('1.1.1.1', '/api/v1/products/')).toBe(false);
  });

  it('keeps those of a thousand addresses, and forgets the one that has not read for longest', () => {
    const durations = new ReadDurations();
    for (let address = 0; address < 1000; address++) durations.add(`${address}`, ROUTE, 100);
    durations.add('0', ROUTE, 100);
    expect(durations.isLong('1', ROUTE)).toBe(true);
    durations.add('1000', ROUTE, 100);
    expect(durations.isLong('1', ROUTE)).toBe(false);
    expect(durations.isLong('0', ROUTE)).toBe(true);
  });
});
