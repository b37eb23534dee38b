import { check } from '../checks/check';
import { percentile } from '../checks/percentile';
import type { Scenario } from '../scenario';

const CALM_MS = 5000;
const FROZEN_MS = 6000;
const RATIO_MAX = 1.5;

/** The hardest way to be away: connections stay open, and nobody answers. The API must not notice. */
export const redisFrozen: Scenario = {
  name: 'redis-frozen',
  number: 6,
  title: 'Redis is frozen (SIGSTOP) while customers buy; the p99 of placing is compared with that before',
  backends: ['redis'],
  workload: { demand: 9, overMs: CALM_MS + FROZEN_MS + 2000, readsMax: 1 },
  async inject({ redis, faults, history, pause, figures }) {
    await pause(1000);
    const from = history.now();
    await pause(CALM_MS);
    const frozen = history.now();
    faults.push({ from: frozen, until: Infinity });
    redis!.freeze();
    await pause(FROZEN_MS).finally(() => redis!.thaw());
    const until = history.now();
    const p99 = (begin: number, end: number) =>
      percentile(
        history.entries
          .filter(({ kind, at, ms }) => kind === 'place' && ms !== undefined && at >= begin && at < end)
          .map(({ ms }) => ms!),
        99,
      );
    figures.p99_before_ms = p99(from, frozen);
    figures.p99_frozen_ms = p99(frozen, until);
    figures.p99_ratio = Math.round((figures.p99_frozen_ms / figures.p99_before_ms) * 100) / 100;
  },
  async check({ figures, timed, history, faults }) {
    const slow =
      timed && figures.p99_ratio! > RATIO_MAX ? [`${figures.p99_ratio}, at most ${RATIO_MAX} is promised`] : [];
    const errors = history.entries.filter(
      ({ kind, outcome, at }) => kind === 'place' && outcome === 'unknown' && at >= faults[0]!.from,
    );
    return [
      check('time', 'the p99 of placing does not rise with a frozen Redis', slow, {}),
      check(
        'I13',
        'no request fails because of Redis',
        errors.map(({ wish, status }) => `${wish}: ${status}`),
        {},
      ),
    ];
  },
};
