import { slices } from './slices';

describe('slices', () => {
  it('give every item once, in order, with the index of the first', async () => {
    const seen: [number[], number][] = [];
    for await (const slice of slices([1, 2, 3, 4, 5], 2)) seen.push(slice);
    expect(seen).toEqual([
      [[1, 2], 0],
      [[3, 4], 2],
      [[5], 4],
    ]);
  });

  it('let others run between them', async () => {
    const events: string[] = [];
    setImmediate(() => events.push('other'));
    for await (const [, first] of slices([1, 2, 3], 1)) events.push(`slice ${first}`);
    expect(events.slice(0, 3)).toEqual(['slice 0', 'other', 'slice 1']);
  });
});
