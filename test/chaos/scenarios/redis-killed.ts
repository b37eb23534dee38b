import type { Scenario } from '../scenario';

const KILLS = 5;

export const redisKilled: Scenario = {
  name: 'redis-killed',
  number: 6,
  title: `SIGKILL of Redis and a restart with nothing in it, ${KILLS} times`,
  backends: ['redis'],
  async inject({ redis, lines, faults, history, pause, random, figures }) {
    await pause(1500);
    faults.push({ from: history.now(), until: Infinity });
    for (let kill = 1; kill <= KILLS; kill++) {
      await redis!.kill();
      await pause(random.whole(50, 400));
      await redis!.startAgain();
      lines.redis!.targetPort = redis!.port;
      await pause(random.whole(300, 1500));
    }
    figures.redis_kills = KILLS;
  },
};
