import { rowHistory, type VersionRow } from './row-history';

const row = (version: number, columns: object): VersionRow => ({
  ...columns,
  version,
  updated_at: `2026-11-20T10:00:0${version}Z`,
  changed_by: 'test',
  request_id: null,
  change_reason: `change ${version}`,
});

describe('the history of a row', () => {
  const versions = [
    row(3, { status: 'b', notes: null }),
    row(2, { status: 'b', notes: 'n' }),
    row(1, { status: 'a', notes: 'n' }),
  ];

  it('is the difference of each version to the one before, without what changes every time', () => {
    expect(rowHistory(versions, true).map(({ row: { version }, type, changes }) => [version, type, changes])).toEqual([
      [3, 'updated', [{ field: 'notes', from: 'n', to: null }]],
      [2, 'updated', [{ field: 'status', from: 'a', to: 'b' }]],
      [1, 'created', []],
    ]);
  });

  it('leaves out the last version when older ones are kept, since it is there to compare with', () => {
    const page = rowHistory(versions.slice(0, 2), false);
    expect(page.map(({ row: { version } }) => version)).toEqual([3]);
  });

  it('shows the oldest version that is kept without changes when those before it are gone', () => {
    const page = rowHistory(versions.slice(0, 2), true);
    expect(page.map(({ row: { version }, type, changes }) => [version, type, changes.length])).toEqual([
      [3, 'updated', 1],
      [2, 'updated', 0],
    ]);
  });

  it('takes a column that came later for null before', () => {
    const [change] = rowHistory([row(2, { status: 'a', colour: 'red' }), row(1, { status: 'a' })], true);
    expect(change!.changes).toEqual([{ field: 'colour', from: null, to: 'red' }]);
    expect(rowHistory([row(2, { colour: null }), row(1, {})], true)[0]!.changes).toEqual([]);
  });
});
