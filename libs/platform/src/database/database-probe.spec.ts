import type { DataSource } from 'typeorm';
import { DatabaseProbe } from './database-probe';

const lost = () => Object.assign(new Error('terminating connection'), { code: '57P01' });
const probeOf = (...answers: (Error | undefined)[]) => {
  const query = jest.fn(() => {
    const answer = answers.shift();
    return answer ? Promise.reject(answer) : Promise.resolve([]);
  });
  return { query, probe: new DatabaseProbe({ query } as unknown as DataSource) };
};

describe('asking whether the database answers', () => {
  it('asks another connection when one was ended', async () => {
    const { query, probe } = probeOf(lost(), lost());
    expect(await probe.answerMs()).toBeGreaterThanOrEqual(0);
    expect(query).toHaveBeenCalledTimes(3);
  });

  it('says no when one connection after the other is lost', async () => {
    const { probe } = probeOf(lost(), lost(), lost());
    await expect(probe.answerMs()).rejects.toThrow('terminating connection');
  });

  it('says no at once to any other error', async () => {
    const { query, probe } = probeOf(new Error('permission denied'));
    await expect(probe.answerMs()).rejects.toThrow('permission denied');
    expect(query).toHaveBeenCalledTimes(1);
  });

  it('says no when there is no answer in time', async () => {
    const probe = new DatabaseProbe({ query: () => new Promise(() => undefined) } as unknown as DataSource);
    await expect(probe.answerMs(10)).rejects.toThrow('The database does not answer.');
  });
});
