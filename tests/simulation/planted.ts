import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { buyingBugs } from './planted-buying.ts';
import { careBugs } from './planted-care.ts';

/** A place in the source, and the bug in its stead. What is to be found must stand there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A bug as somebody could write one: proof that the simulation can fail. Lives in tests alone; the source knows nothing of it. */
export interface PlantedBug {
  readonly name: string;
  readonly edits: readonly Edit[];
}

const ledger = 'src/server/ledger.ts';
const applyBatch = 'src/server/apply-batch.ts';
const outbox = 'src/client/local/outbox.ts';
const send = 'src/client/sync/send.ts';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'uniqueKeyDropped',
    edits: [
      { file: ledger, find: 'for (const verdict of verdicts) this.verdicts.set(verdict.id, verdict);', replace: '' },
      {
        file: ledger,
        find: 'json_populate_recordset(null::verdict, $1::json)',
        replace: 'json_populate_recordset(null::verdict, $1::json) on conflict do nothing',
      },
    ],
  },
  {
    name: 'acknowledgedBeforeCommit',
    edits: [
      {
        file: applyBatch,
        find: 'await followCopies(work, context.registry);',
        replace:
          'for (const step of steps) if (step.end) step.job.settle(step.end); await followCopies(work, context.registry);',
      },
    ],
  },
  {
    name: 'effectAndSequenceInTwoTransactions',
    edits: [
      { file: applyBatch, find: '...ledger.flush(sql), ', replace: '' },
      {
        file: applyBatch,
        find: 'return { steps, scopes: fed.scopes };\n  });',
        replace:
          'return { steps, scopes: fed.scopes, ledger };\n  }).then(async (applied) => { await context.db.transaction((sql) => Promise.all(applied.ledger.flush(sql))); return applied; });',
      },
    ],
  },
  {
    name: 'outboxDeletedOn401',
    edits: [
      {
        file: 'src/client/sync/syncer.ts',
        find: "else if (outcome.kind === 'signIn') this.state.value = 'signInAgain';",
        replace:
          "else if (outcome.kind === 'signIn') { this.state.value = 'signInAgain'; void this.context.database.outbox.clear(); }",
      },
    ],
  },
  {
    name: 'htmlTakenForSuccess',
    edits: [
      {
        file: 'src/client/sync/exchange.ts',
        find: "if (!isContent(response, 'application/json')) throw new Failure('network');",
        replace:
          "if (!isContent(response, 'application/json')) return { epoch: '', lastSeq: 0, verdicts: ((exchange.body as never)?.['mutations'] ?? []).map(({ seq, id }) => ({ seq, id, outcome: 'accepted' })) } as never;",
      },
      {
        file: send,
        find: 'const offeredAgain = await hearEpoch(',
        replace: "const offeredAgain = answer.epoch !== '' && await hearEpoch(",
      },
    ],
  },
  {
    name: 'sentAgainWithNewId',
    edits: [
      {
        file: send,
        find: 'const { world } = environment;\n  const body: PushRequest = {',
        replace:
          'const { world } = environment;\n  batch = batch.map((entry) => ({ ...entry, id: world.newId() }));\n  await database.outbox.bulkPut([...batch]);\n  const body: PushRequest = {',
      },
    ],
  },
  {
    name: 'lastWriteWinsByPhoneClock',
    edits: [
      {
        file: 'src/server/parse-push.ts',
        find: 'return receivedAt - Math.max(0, sentAt - at);',
        replace: 'return at;',
      },
    ],
  },
  {
    name: 'stockReadThenWritten',
    edits: [
      {
        file: 'src/server/unit-of-work.ts',
        find: 'if (known) return known.now as R | undefined;',
        replace: "if (known) return (entity.name === 'item' ? known.stored ?? known.now : known.now) as R | undefined;",
      },
    ],
  },
  {
    name: 'projectionWithoutItsScope',
    edits: [
      {
        file: 'src/server/collect-pull.ts',
        find: 'where community_id = $1 and feed.scope = held.scope and seq > held.since',
        replace: "where community_id = $1 and (feed.scope = held.scope or feed.entity = 'order') and seq > held.since",
      },
    ],
  },
  {
    name: 'revokedWithoutPurge',
    edits: [
      {
        file: 'src/server/collect-pull.ts',
        find: '.filter((scope) => afresh || !names.has(scope));',
        replace: '.filter(() => afresh);',
      },
    ],
  },
  {
    name: 'poisonedMutationBlocks',
    edits: [
      {
        file: applyBatch,
        find: "if ('refused' in call) return refused(pending, call.refused);",
        replace: "if ('refused' in call) throw new Error('poisoned');",
      },
    ],
  },
  {
    name: 'epochIgnored',
    edits: [{ file: outbox, find: 'if (feed.epoch === undefined) return false;', replace: 'return false;' }],
  },
  {
    name: 'signedInAgainAsStranger',
    edits: [
      {
        file: 'src/people/directory.server.ts',
        find: 'const [device] = await sql.query<{ id: string }>(\n    `select id from device where',
        replace:
          'if (deviceIds.length > 0) return undefined;\n  const [device] = await sql.query<{ id: string }>(\n    `select id from device where',
      },
    ],
  },
  {
    name: 'replayReversed',
    edits: [
      {
        file: 'src/client/local/replay.ts',
        find: "const entries = await tables.outbox.orderBy('order').toArray();",
        replace: "const entries = (await tables.outbox.orderBy('order').toArray()).reverse();",
      },
    ],
  },
  {
    name: 'overlayNotCleared',
    edits: [
      {
        file: 'src/client/local/apply-page.ts',
        find: 'await redraw(tables, { ...foresight, actor, offsetMs: start.offsetMs });',
        replace: '',
      },
    ],
  },
  {
    name: 'outboxNotFlushed',
    edits: [
      {
        file: 'src/client/local/database.ts',
        find: "mode === 'readwrite' && stores.includes('outbox') ? 'strict' : 'relaxed'",
        replace: "'relaxed'",
      },
    ],
  },
  {
    name: 'cursorBeforeRows',
    edits: [
      {
        file: 'src/client/local/apply-page.ts',
        find: 'return database.write(everything, async (tables) => {\n    await writeRows(tables, page);',
        replace:
          "await database.write(['meta'], async (tables) => { await tables.meta.put({ ...(await feedOf(tables)), cursor: end.cursor }); });\n  return database.write(everything, async (tables) => {\n    await writeRows(tables, page);",
      },
      {
        file: 'src/client/local/apply-page.ts',
        find: 'export function applyLastPage(',
        replace: 'export async function applyLastPage(',
      },
    ],
  },
  {
    name: 'gapIgnored',
    edits: [
      {
        file: ledger,
        find: "if (first && first.seq > lastSeq + 1) return { kind: 'gap', lastSeq };",
        replace: '',
      },
      {
        file: ledger,
        find: "if (job.source.kind === 'device' && pending.seq > lastSeq + 1) return 'gap';",
        replace: '',
      },
    ],
  },
  {
    name: 'anybodyActsForAnybody',
    edits: [
      {
        file: 'src/people/acting-for.ts',
        find: 'demand(home !== undefined && mayActFor(actor, home, power, now),',
        replace: 'demand(home !== undefined && (mayActFor(actor, home, power, now) || true),',
      },
    ],
  },
  ...careBugs,
  ...buyingBugs,
];

/** Puts a bug into the source as it is loaded, for a run that is to find it. Throws where its place is not there any more. */
export function plant(name: string, root: string): Plugin {
  const bug = plantedBugs.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no planted bug "${name}"`);
  return {
    name: 'plant',
    enforce: 'pre',
    transform(code, id) {
      const edits = bug.edits.filter(({ file }) => id.split('?')[0] === join(root, file));
      return edits.length === 0 ? undefined : edits.reduce(replaced, code);
    },
  };
}

/** The source of a file with its edit. Throws where the place is not there exactly once. */
export function replaced(code: string, { file, find, replace }: Edit): string {
  const parts = code.split(find);
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${find}`);
  return parts.join(replace);
}

/** Whether every planted bug still has its place. @returns what is wrong, one line each */
export function misplaced(root: string): string[] {
  return plantedBugs.flatMap(({ name, edits }) => {
    const files = new Map<string, string>();
    try {
      for (const edit of edits) {
        const code = files.get(edit.file) ?? readFileSync(join(root, edit.file), 'utf8');
        files.set(edit.file, replaced(code, edit));
      }
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
