import { DataSource } from 'typeorm';
import type { Config } from '../config/load-config';
import { dataSourceOptions } from './data-source-options';

/** Connects for one piece of work and closes again. Fails at once when the database cannot be reached. */
export async function withDataSource<T>(
  config: Config,
  processName: string,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const source = await new DataSource(dataSourceOptions(config, processName)).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
