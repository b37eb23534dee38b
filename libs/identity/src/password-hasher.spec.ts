import { PasswordsBusyError } from './errors';
import { PasswordHasher, PASSWORDS_MAX, PASSWORDS_PER_CLIENT_MAX } from './password-hasher';

/** Work that waits to be let go, and what has begun so far. */
function aLine() {
  const hasher = new PasswordHasher();
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const begun: string[] = [];
  const join = (client: string) =>
    hasher.inTurn(client, async () => {
      begun.push(client);
      await gate;
    });
  return { join, letGo: () => letGo(), begun };
}
const refusals = (outcomes: readonly PromiseSettledResult<void>[]) =>
  outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);

describe('passwords', () => {
  it('are checked or wait up to a bound; beyond it clients are told to come again', async () => {
    const { join, letGo } = aLine();
    const outcomes = Promise.allSettled(
      Array.from({ length: PASSWORDS_MAX + 1 }, (_, index) => join(`client ${index}`)),
    );
    await Promise.resolve();
    letGo();
    expect(refusals(await outcomes)).toEqual([expect.any(PasswordsBusyError)]);
    await expect(join('one more')).resolves.toBeUndefined();
  });

  it('of one client have a smaller bound, which leaves room for others', async () => {
    const { join, letGo } = aLine();
    const outcomes = Promise.allSettled(Array.from({ length: PASSWORDS_PER_CLIENT_MAX + 3 }, () => join('a flood')));
    const other = join('somebody else');
    letGo();
    expect(refusals(await outcomes)).toEqual(Array(3).fill(expect.any(PasswordsBusyError)));
    await expect(other).resolves.toBeUndefined();
    await expect(join('a flood')).resolves.toBeUndefined();
  });

  it('are checked in turns by client, however many one of them sends', async () => {
    const { join, letGo, begun } = aLine();
    const before = ['x', 'y'].map(join);
    const after = [...Array<string>(PASSWORDS_PER_CLIENT_MAX).fill('a flood'), 'the owner'].map(join);
    letGo();
    await Promise.all([...before, ...after]);
    expect(
      begun
        .filter((client) => !['x', 'y'].includes(client))
        .slice(0, 2)
        .sort(),
    ).toEqual(['a flood', 'the owner']);
  });

  it('make room again when checking one of them fails', async () => {
    const hasher = new PasswordHasher();
    for (let index = 0; index <= PASSWORDS_PER_CLIENT_MAX; index++)
      await expect(hasher.inTurn('a', () => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    await expect(hasher.inTurn('a', async () => 'done')).resolves.toBe('done');
  });

  it('are hashed outside of the event loop, which goes round meanwhile', async () => {
    const hasher = new PasswordHasher();
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    const hash = await hasher.hash('correct horse battery');
    expect(await hasher.verify('correct horse battery', hash)).toBe(true);
    isDone = true;
    expect(turns).toBeGreaterThan(5);
  });

  it('are not right when nobody has one', async () => {
    const hasher = new PasswordHasher();
    expect(await hasher.verify('nobody has this password', undefined)).toBe(false);
  });
});
