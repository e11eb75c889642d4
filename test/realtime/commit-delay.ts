import type { Database } from '../../src/platform/database/database.js'

/**
 * Makes commits late and unevenly so: a trigger that runs as a transaction commits sleeps up to so many milliseconds. What
 * a transaction announced before its commit, or numbered out of order, would show.
 */
export class CommitDelay {
  private constructor(private readonly database: Database) {}

  static async install(database: Database): Promise<CommitDelay> {
    await database.pool.query(`
      create table commit_delay (milliseconds int not null);
      insert into commit_delay values (0);
      create function delay_commit() returns trigger language plpgsql as $$
        begin perform pg_sleep(random() * (select milliseconds from commit_delay) / 1000.0); return null; end $$;
      create constraint trigger delay_commit after insert on stream_events
        deferrable initially deferred for each row execute function delay_commit()`)
    return new CommitDelay(database)
  }

  /** Of each event in the transaction. */
  async upTo(milliseconds: number): Promise<void> {
    await this.database.pool.query('update commit_delay set milliseconds = $1', [milliseconds])
  }
}
