import type { ActionFilter, ActionSource, SourcedAction, SourceQuery } from './action';
import { countActions, findActions } from './find-actions';

/** A source with actions at these times, which looks at so many at once and shows those that it likes. */
function source(
  times: number[],
  { scans = 1000, likes = (time: number): boolean => Number.isFinite(time), entity = 'thing' } = {},
): ActionSource {
  const action = (at: number): SourcedAction => ({
    place: { at, key: String(at) },
    at: new Date(at),
    actorText: null,
    action: 'done',
    id: null,
    requestId: null,
    reason: null,
    changes: [],
    details: {},
  });
  return {
    entity,
    serves: ({ action: wanted }: ActionFilter) => wanted === undefined || wanted === 'done',
    find: ({ descending, after, limit }: SourceQuery) => {
      const sign = descending ? -1 : 1;
      const isAfter = (at: number) =>
        !after || sign * (at - after.at) > 0 || (at === after.at && after.key === undefined && after.includesMoment);
      const behind = times.toSorted((one, other) => sign * (one - other)).filter(isAfter);
      const scanned = behind.slice(0, scans);
      const found = scanned.filter(likes).slice(0, limit).map(action);
      const last = scanned.at(-1);
      const isCutShort = behind.length > scans && last !== undefined;
      return Promise.resolve({ actions: found, ...(isCutShort && { stoppedAt: { at: last, key: String(last) } }) });
    },
    count: (_, max) => Promise.resolve({ count: Math.min(max, times.length), isCapped: times.length >= max }),
  };
}

/** All times that pages of this size have, and how many pages it took. */
async function walk(sources: ActionSource[], limit: number, descending = true) {
  const times: number[] = [];
  let pages = 0;
  for (let after: Parameters<typeof findActions>[1]['after']; pages < 100;) {
    const { actions, stoppedAt } = await findActions(sources, { descending, after, limit });
    pages++;
    times.push(...actions.map(({ place }) => place.at));
    after = stoppedAt ?? actions.at(-1)?.place;
    if (!stoppedAt && actions.length < limit) break;
  }
  return { times, pages };
}

describe('actions of several sources', () => {
  it('are one list in the order of time, forth and back', async () => {
    const sources = [source([1, 4, 7, 10]), source([2, 5, 8]), source([3, 6, 9])];
    for (const limit of [1, 2, 3, 20]) {
      expect((await walk(sources, limit)).times).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      expect((await walk(sources, limit, false)).times).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it('lose and repeat none of one moment, whatever source the page ended in', async () => {
    const sources = [source([1, 2, 3]), source([1, 2, 3]), source([1, 2, 3])];
    for (const limit of [1, 2, 4]) expect((await walk(sources, limit)).times).toEqual([3, 3, 3, 2, 2, 2, 1, 1, 1]);
  });

  it('end where a source stopped looking, and go on from there', async () => {
    const rare = source([50, 40, 30, 20, 10], { scans: 2, likes: (at) => at === 10 });
    const other = source([45, 35, 5]);
    const first = await findActions([rare, other], { descending: true, limit: 10 });
    expect(first.actions.map(({ place }) => place.at)).toEqual([45]);
    expect(first.stoppedAt).toEqual({ at: 40, rank: 0, key: '40' });
    expect((await walk([rare, other], 10)).times).toEqual([45, 35, 10, 5]);
  });

  it('are of the sources that a filter asks', async () => {
    const sources = [source([1], { entity: 'one' }), source([2], { entity: 'two' })];
    const find = async (filter: ActionFilter) =>
      (await findActions(sources, { ...filter, descending: true, limit: 10 })).actions.map(({ entity }) => entity);
    expect([await find({}), await find({ entity: 'one' }), await find({ action: 'undone' })]).toEqual([
      ['two', 'one'],
      ['one'],
      [],
    ]);
  });

  it('are counted to a limit over all sources', async () => {
    const sources = [source([1, 2, 3]), source([1, 2, 3])];
    expect(await countActions(sources, {}, 100)).toEqual({ count: 6, isCapped: false });
    expect(await countActions(sources, {}, 5)).toEqual({ count: 5, isCapped: true });
  });
});
