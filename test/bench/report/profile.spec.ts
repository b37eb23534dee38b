import { type CpuProfile, selfTimes } from './profile';

const frame = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url, lineNumber: 4 },
});

const PROFILE: CpuProfile = {
  nodes: [
    frame(1, '(idle)', ''),
    frame(2, '(garbage collector)', ''),
    frame(3, 'parse', 'file:///shop/node_modules/@scope/parser/lib/index.js'),
    frame(4, 'place', 'file:///shop/dist/libs/orders/src/place-orders.js'),
    frame(5, 'write', 'node:internal/streams/writable'),
  ],
  startTime: 100_000,
  samples: [1, 2, 3, 4, 3, 5],
  timeDeltas: [9000, 1000, 2000, 4000, 3000, 500],
};

describe('selfTimes', () => {
  it('adds up where the time went, the longest first, without idling', () => {
    expect(selfTimes(PROFILE).packages).toEqual([
      { name: '@scope/parser', ms: 5 },
      { name: 'libs/orders', ms: 4 },
      { name: '(garbage collector)', ms: 1 },
      { name: 'node:internal/streams', ms: 0.5 },
    ]);
  });

  it('leaves out what was before a moment', () => {
    expect(selfTimes(PROFILE, 116_000).packages).toEqual([
      { name: 'libs/orders', ms: 4 },
      { name: '@scope/parser', ms: 3 },
      { name: 'node:internal/streams', ms: 0.5 },
    ]);
  });

  it('names functions with file and line', () => {
    expect(selfTimes(PROFILE).functions[0]).toEqual({ name: 'parse @scope/parser:index.js:5', ms: 5 });
  });
});
