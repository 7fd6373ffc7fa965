import { createHash, createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from './database/database.ts';

/** Letters and digits that nobody takes for one another: no 0 O, no 1 I L. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/**
 * The machine's key for slip codes, made at the first call and kept in `<dataFolder>/slip-key`, readable by its owner only.
 * With it a reprint shows the same codes, while the database holds nothing but their hashes.
 */
export async function readSlipKey(dataFolder: string): Promise<Buffer> {
  const file = join(dataFolder, 'slip-key');
  await mkdir(dataFolder, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    await chmod(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
  if (key.length !== 32) throw new Error(`${file} is damaged: it must hold 64 hexadecimal digits`);
  return key;
}

/** @returns the slip's code, 8 characters (40 bits), always the same under the same key */
export function codeFor(key: Uint8Array, slipId: string): string {
  let rest = BigInt(`0x${createHmac('sha256', key).update(slipId).digest('hex')}`);
  let code = '';
  // 256 bits over 31^8 codes: the last remainder's bias is below 2^-200.
  for (let i = 0; i < LENGTH; i++) {
    code += ALPHABET[Number(rest % BigInt(ALPHABET.length))];
    rest /= BigInt(ALPHABET.length);
  }
  return code;
}

/** `ABCD-EFGH`: as it is printed. */
export function printedCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** @returns what was meant by a typed code: case, spaces, hyphens and full-width forms do not matter */
export function normaliseCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, '');
}

/** @param code a normalised code @returns what the database knows it by */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** Where a signed-out phone is sent to type or scan: the code stays behind the `#`, out of every server's log. */
export function signInLink(baseUrl: string, code: string): string {
  return `${baseUrl.replace(/\/+$/u, '')}/in#${printedCode(code)}`;
}

/** Lets codes lead to their community. Comes before the slips are issued: a code without a slip opens nothing. */
export async function keepCodes(
  sql: Sql,
  communityId: string,
  slips: readonly { readonly slipId: string; readonly code: string }[],
): Promise<void> {
  await sql.query(
    `insert into slip_code (code_hash, community_id, slip_id)
     select code_hash, $1, slip_id from unnest($2::text[], $3::text[]) as slip (code_hash, slip_id)
     on conflict do nothing`,
    [communityId, slips.map((slip) => hashCode(slip.code)), slips.map((slip) => slip.slipId)],
  );
}
