import { check } from '../checks/check';
import type { Scenario } from '../scenario';
import { type Contest, openContest } from '../contest/contest';

const ROUNDS = 1000;

/**
 * The three who can end the same order at the same moment, each with connections of its own. The order was put back as often as
 * is allowed, so that the sweep fails it: each of the three wins would exclude the others.
 */
export const contestOnOneOrder: Scenario = {
  name: 'contest-on-one-order',
  number: 11,
  title: `Cancel, stage and sweep on one order at once, ${ROUNDS.toLocaleString('en')} rounds: one winner each, stock moved once`,
  backends: ['postgres', 'redis'],
  workload: { demand: 0.1, overMs: 1000, unitsPerProduct: 1000 },
  async inject({ contestDatabase, figures, signal, say }) {
    const contest: Contest = await openContest(await contestDatabase());
    try {
      for (let round = 1; round <= ROUNDS && !signal.aborted; round++) {
        await contest.round();
        if (round % 250 === 0) say(`${round} rounds`);
      }
      Object.assign(figures, contest.wins);
      const broken = [...contest.broken, ...(await contest.verify())];
      figures.rounds_broken = broken.length;
      if (broken.length > 0) throw new Error(broken.slice(0, 3).join('; '));
    } finally {
      await contest.close();
    }
  },
  async check({ figures }) {
    const winners = ['cancel_wins', 'stage_wins', 'sweep_wins'].map((name) => figures[name] ?? 0);
    const rounds = winners.reduce((sum, wins) => sum + wins, 0);
    const idle = rounds === ROUNDS ? [] : [`${rounds} winners in ${ROUNDS} rounds`];
    return [check('I8', 'each round has exactly one winner and moves the stock once', idle, { rounds })];
  },
};
