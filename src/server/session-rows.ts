import type { Database } from './database/database.ts';

/** What a device says that it has not sent: how much, and the last of it by its place in the order. */
export interface Unsent {
  readonly count: number;
  readonly stream?: string;
  readonly seq?: number;
}

export interface SessionRow {
  readonly secretHash: string;
  readonly deviceId: string;
  readonly seenAt: number;
  readonly unsent: Unsent | null;
}

interface Asked {
  readonly secretHash: string;
  readonly settle: (row: SessionRow | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** Sessions asked for in one query, at most. */
const MOST = 1_000;

/**
 * Looks sessions up, those of a community together: what is asked while a query is under way goes into the next one. When
 * a whole community opens the app at one moment, a query for each phone would cost more than what the phones say.
 */
export class SessionRows {
  private readonly lines = new Map<string, Asked[]>();

  constructor(private readonly db: Database) {}

  /** @returns the session as the database has it now, not as it was when somebody asked before */
  find(communityId: string, secretHash: string): Promise<SessionRow | undefined> {
    return new Promise((settle, fail) => {
      const asked: Asked = { secretHash, settle, fail };
      const line = this.lines.get(communityId);
      if (line) {
        line.push(asked);
        return;
      }
      const first = [asked];
      this.lines.set(communityId, first);
      void this.answer(communityId, first);
    });
  }

  private async answer(communityId: string, line: Asked[]): Promise<void> {
    while (line.length > 0) {
      const now = line.splice(0, MOST);
      try {
        const rows = await this.db.query<SessionRow>(
          `select secret_hash as "secretHash", device_id as "deviceId", seen_at as "seenAt", unsent from session
           where community_id = $1 and secret_hash = any($2)`,
          [communityId, now.map(({ secretHash }) => secretHash)],
        );
        const found = new Map(rows.map((row) => [row.secretHash, row]));
        for (const { secretHash, settle } of now) settle(found.get(secretHash));
      } catch (error) {
        for (const { fail } of now) fail(error);
      }
    }
    this.lines.delete(communityId);
  }
}
