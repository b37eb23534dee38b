import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyTemplate } from '../support/database';
import { MutatedCopy } from './mutated-copy';
import { type Mutation, MUTATIONS } from './mutations';

const CHOSEN = process.env.MUTATIONS === 'all' ? MUTATIONS : MUTATIONS.filter(({ always }) => always);
const TIMEOUT_MS = 300_000;
/** All tests of all measures run once as they are. */
const AS_IT_IS_TIMEOUT_MS = 1_200_000;
/** Tests that look for a failure by chance end with the first one, so they may look for long; each time at the same. */
const LOOK_LONGER = { MESSAGING_SEED: '1', MESSAGING_SECONDS: '90', MODEL_SECONDS: '90' };

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

describe.each(MUTATIONS.map((mutation) => [mutation.without, mutation] as const))('without %s', (_, mutation) => {
  it('the source would be another one: the text is there exactly once', () => {
    expect(read(mutation.file).split(mutation.text)).toHaveLength(2);
    expect(mutation.replacement).not.toContain(mutation.text);
  });

  it('tests that exist are to fail', () => {
    expect(mutation.tests.length).toBeGreaterThan(0);
    for (const { spec, writtenIn, title } of mutation.tests) expect(read(writtenIn ?? spec)).toContain(`'${title}'`);
  });
});

/** `npm run mutations` tries all of them. */
describe('a test of the tests', () => {
  const template = process.env.TEST_TEMPLATE!;
  const rows: string[] = [];
  let copy: MutatedCopy;

  beforeAll(async () => {
    copy = new MutatedCopy();
    const names = CHOSEN.flatMap(({ tests }) => tests);
    const verdicts = await copy.verdicts(names, template, {}, AS_IT_IS_TIMEOUT_MS);
    const notPassed = names
      .map((test, index) => ({ ...test, ...verdicts[index]! }))
      .filter(({ status }) => status !== 'passed');
    if (notPassed.length > 0) throw new Error(`They do not pass as it is: ${JSON.stringify(notPassed)}`);
  }, AS_IT_IS_TIMEOUT_MS + 60_000);
  afterAll(() => {
    copy?.remove();
    process.stderr.write(`${rows.join('\n')}\n`);
  });

  const verdictsWithout = (mutation: Mutation) =>
    copy.without(mutation, async () => {
      if (!mutation.file.includes('/migrations/')) return copy.verdicts(mutation.tests, template, LOOK_LONGER);
      const database = await emptyTemplate();
      try {
        await copy.migrate(database.url);
        return await copy.verdicts(mutation.tests, database.name, LOOK_LONGER);
      } finally {
        await database.drop();
      }
    });

  it.each(CHOSEN.map((mutation) => [mutation.without, mutation] as const))(
    'notices that %s is missing',
    async (without, mutation) => {
      const begun = Date.now();
      const verdicts = await verdictsWithout(mutation);
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      rows.push(`${seconds.padStart(5)} s  without ${without}`);
      mutation.tests.forEach(({ title }, index) => {
        const { status, because } = verdicts[index]!;
        rows.push(`         ${status}: ${title}`, `         ${because}`);
      });
      expect(verdicts.map(({ status }) => status)).toEqual(mutation.tests.map(() => 'failed'));
    },
    TIMEOUT_MS,
  );
});
