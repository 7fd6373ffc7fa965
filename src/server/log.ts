/** The server's log: one line each, for the person who keeps the machine. Never names, health or medicines. */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  error(message: string, error?: unknown): void;
}

export const consoleLog: Log = {
  info(message, facts) {
    console.log(facts === undefined ? message : `${message} ${JSON.stringify(facts)}`);
  },
  error(message, error) {
    console.error(message, error ?? '');
  },
};

/** For tests and benches that make their own noise. */
export const silentLog: Log = { info() {}, error() {} };
