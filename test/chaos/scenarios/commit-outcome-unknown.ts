import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const CUTS_PER_LINE = 12;

/**
 * Neither side of the connection can know what the other one knows: only the idempotency key makes the repetition safe, or the ids of
 * the orders where one statement places them and commits.
 */
export const commitOutcomeUnknown: Scenario = {
  name: 'commit-outcome-unknown',
  number: 2,
  title: 'The connection to Postgres is cut at COMMIT, behind it or in front of it, for API and workers',
  backends: ['postgres', 'redis'],
  async inject({ lines, random, faults, history, until, figures, pause }) {
    await pause(1500);
    faults.push({ from: history.now(), until: Infinity });
    for (let cut = 1; cut <= CUTS_PER_LINE; cut++) {
      for (const line of [lines.api, lines.background])
        line.cutAtCommit(random.chance(0.5) ? 'afterForwarding' : 'beforeForwarding');
      await pause(random.whole(100, 600));
    }
    const cuts = () => lines.api.commitsCut + lines.background.commitsCut;
    await until('all cuts met a COMMIT', () => cuts() === 2 * CUTS_PER_LINE, 15_000);
    figures.commits_cut = cuts();
    figures.statements_cut = lines.api.statementsCut;
  },
  async check({ history, figures }) {
    const answers = history.entries.filter(({ code }) => code === 'COMMIT_OUTCOME_UNKNOWN').length;
    figures.unknown_commits_told = answers;
    const silent = answers === 0 ? ['no customer was told that an outcome is not known'] : [];
    return [check('I13', 'an unknown outcome is told as one', silent, { unknown_commits_told: answers })];
  },
};
