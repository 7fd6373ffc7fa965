import { v7 } from 'uuid';
import { DAY_MS, dayOf } from '../../src/domain/day.ts';
import type { Row } from '../../src/domain/entity.ts';
import { communityScope } from '../../src/domain/scope.ts';
import { checkInId } from '../../src/pillars/check-in/schema.ts';
import type { Answer, CheckIn } from '../../src/pillars/check-in/schema.ts';
import { monthOf } from '../../src/pillars/notices/rules.ts';
import type { Notice } from '../../src/pillars/notices/schema.ts';
import { EARLIER } from '../../src/rehearsal/notice-texts-earlier.ts';
import { RECENT } from '../../src/rehearsal/notice-texts.ts';
import type { Sql } from '../../src/server/database/database.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { RealServer } from '../support/real-server.ts';
import { plainRoster } from '../support/wire-client.ts';

/** What a phone is designed for: so many rows of about 1 KB, so many of them notices. */
export const ROWS = 20_000;
const NOTICES = 5_000;
/** Days over which the notices spread. */
const NOTICE_DAYS = 730;
/** Doors that the answers are about. */
const DOORS = 500;

/** A real server whose one community has so much to tell that every phone of it holds 20,000 rows. */
export interface FullTown {
  readonly server: RealServer;
  /** A sign-in code for each door. */
  readonly codes: readonly string[];
  readonly gridWorker: string;
}

/**
 * Starts the server and fills it. The rows are whole, of our own types and with real texts, but they are written into the
 * feed of the scope `community` by SQL: 20,000 acts of people would take longer than the measuring, and a phone cannot
 * tell the difference. `server.remove()` ends it.
 */
export async function openFullTown(): Promise<FullTown> {
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  const { codes, gridWorker } = await server.openCommunity(plainRoster(40), '千户小区');
  await server.start();
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  try {
    const [clock] = await database.db.query<{ communityId: string; seq: number }>(
      'select community_id as "communityId", seq from clock',
    );
    const now = Date.now();
    const rows = [...notices(now), ...answers(now)];
    await database.db.transaction((sql) => write(sql, clock!, rows, now));
    await database.db.query('analyze feed');
  } finally {
    await database.stop();
  }
  return { server, codes, gridWorker };
}

async function write(
  sql: Sql,
  { communityId, seq }: { communityId: string; seq: number },
  rows: readonly (readonly [entity: string, row: Row])[],
  now: number,
): Promise<void> {
  for (let at = 0; at < rows.length; at += 1_000) {
    const part = rows.slice(at, at + 1_000);
    const records = part.map(([entity, row], n) => ({ entity, id: row.id, seq: seq + at + n + 1, row }));
    await sql.query(
      `insert into feed (community_id, scope, entity, id, seq, row, changed_at)
       select $1, $2, r.entity, r.id, r.seq, r.row, $4
       from json_to_recordset($3::json) as r(entity text, id text, seq bigint, row json)`,
      [communityId, communityScope, JSON.stringify(records), now],
    );
  }
  await sql.query('update clock set seq = $2 where community_id = $1', [communityId, seq + rows.length]);
}

function* notices(now: number): Generator<['notice', Notice]> {
  const texts = [...RECENT, ...EARLIER];
  for (let n = 0; n < NOTICES; n++) {
    const text = texts[n % texts.length]!;
    const publishedAt = now - Math.round(((NOTICES - n) * NOTICE_DAYS * DAY_MS) / NOTICES);
    yield [
      'notice',
      {
        id: v7({ msecs: publishedAt }),
        title: `${text.title}（第 ${n + 1} 号）`,
        body: text.body,
        level: text.level,
        category: text.category,
        scope: communityScope,
        needsReceipt: false,
        publishedAt,
        month: monthOf(publishedAt),
        issuer: '千户小区',
        issuerPerson: '一格网格员',
        issuerPhone: '021-5550 0123',
        version: 1,
      },
    ];
  }
}

/** Answers about people, each corrected twice: what the rows of a worker's phone look like. */
function* answers(now: number): Generator<['checkIn', CheckIn]> {
  const ids = Array.from({ length: DOORS }, () => ({ personId: v7(), householdId: v7(), deviceId: v7() }));
  for (let n = 0; n < ROWS - NOTICES; n++) {
    const { personId, householdId, deviceId } = ids[n % DOORS]!;
    const happenedAt = now - Math.floor(n / DOORS) * DAY_MS;
    const answer: Answer = {
      feels: 'unwell',
      temperatureC: 37.4,
      symptoms: ['cough', 'headache', 'noAppetite'],
      needs: ['medicine', 'visit'],
      level: 'watch',
      recovered: false,
      how: 'phoned',
      by: { personId, name: '王秀英', deviceId, actingFor: true },
      happenedAt,
      receivedAt: happenedAt + 1_200,
      late: false,
    };
    const day = dayOf(happenedAt);
    const id = checkInId(personId, day, 'morning');
    const history = [answer, answer];
    yield ['checkIn', { ...answer, id, personId, householdId, grid: '一格', day, slot: 'morning', history }];
  }
}
