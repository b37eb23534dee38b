/** What scripts/ knows about running servers on this machine; given to the suite, as those are modules of another kind. */
export interface ServerPrograms {
  startPostgres(options: {
    dataDir: string;
    durable: boolean;
    removeOnStop?: boolean;
    log: (text: string) => void;
  }): Promise<StartedServer>;
  /** Gives the URL of the database, which is made when there is none. */
  ensureDatabase(url: string, name: string): Promise<string>;
  /** Undefined when the machine has no redis-server. */
  startRedis(options: { dir: string; settings?: string[] }): Promise<StartedServer | undefined>;
}

export interface StartedServer {
  url: string;
  port: number;
  stop: () => Promise<unknown>;
  exited: Promise<unknown>;
}
