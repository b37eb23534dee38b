import type { Scenario } from '../scenario';

export const postgresRestarted: Scenario = {
  name: 'postgres-restarted',
  number: 7,
  title: 'Postgres is stopped at once (as by a crash) and started again, twice',
  backends: ['postgres', 'redis'],
  stopsPostgres: true,
  async inject({ postgres, lines, faults, history, pause }) {
    await pause(2000);
    faults.push({ from: history.now(), until: Infinity });
    for (let stop = 1; stop <= 2; stop++) {
      await postgres.stopAtOnce();
      await pause(500);
      await postgres.startAgain();
      for (const line of [lines.api, lines.background, lines.supervisor]) line.targetPort = postgres.port;
      await pause(2000);
    }
  },
};
