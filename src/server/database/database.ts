/** Runs one statement. Values are `$1…`; int8 comes back as a number, jsonb as parsed JSON. */
export interface Sql {
  query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

/** The server's database: any PostgreSQL ≥ 15. */
export interface Database extends Sql {
  /** Runs the work in one transaction on one connection; commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>, mode?: 'write' | 'snapshot'): Promise<T>;
  /** Ends all connections. */
  close(): Promise<void>;
}
