import { deleteInBatches } from './delete-in-batches';

describe('deleting in batches', () => {
  const table = (rows: number) => {
    const asked: number[] = [];
    const deleteUpTo = async (limit: number) => {
      asked.push(limit);
      const count = Math.min(limit, rows);
      rows -= count;
      return count;
    };
    return { asked, deleteUpTo, left: () => rows };
  };

  it('goes on until a batch is not full, and says how many rows went', async () => {
    const { asked, deleteUpTo } = table(12_345);
    expect(await deleteInBatches(deleteUpTo)).toBe(12_345);
    expect(asked).toHaveLength(3);
  });

  it('asks once more after a last batch that was full', async () => {
    const { asked, deleteUpTo } = table(5000);
    expect(await deleteInBatches(deleteUpTo)).toBe(5000);
    expect(asked).toHaveLength(2);
  });

  it('leaves what is too much for one run', async () => {
    const { deleteUpTo, left } = table(50_000);
    expect(await deleteInBatches(deleteUpTo, 2)).toBe(10_000);
    expect(left()).toBe(40_000);
  });
});
