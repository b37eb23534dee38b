import { HttpClient } from '../workload/http-client';
import { type Check, check } from './check';

const REQUESTS_PER_API = 20;

/** I13 at rest: when everything has healed, every request is answered well, whatever the excuse of a moment ago. */
export async function checkFinalRequests(apis: readonly string[], timed: boolean): Promise<Check> {
  const http = new HttpClient(timed);
  const broken: string[] = [];
  for (const api of apis)
    for (let request = 1; request <= REQUESTS_PER_API; request++) {
      const path = request % 2 === 0 ? '/api/v1/orders/?page_size=5' : '/health/ready';
      const status = await http.exchange('GET', `${api}${path}`).then(
        (answer) => answer.status,
        (error: Error) => error.message,
      );
      if (status !== 200) broken.push(`${path}: ${status}`);
    }
  http.close();
  return check('I13', 'at rest every request is answered', broken, { requests: apis.length * REQUESTS_PER_API });
}
