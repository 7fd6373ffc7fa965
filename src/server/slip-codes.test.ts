import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeFor, hashCode, normaliseCode, printedCode, readSlipKey, signInLink } from './slip-codes.ts';

const key = Buffer.alloc(32, 7);

describe('a slip code', () => {
  it('is the same at every print, and another under another key or for another slip', () => {
    expect(codeFor(key, 's-1')).toBe(codeFor(key, 's-1'));
    expect(codeFor(key, 's-1')).not.toBe(codeFor(key, 's-2'));
    expect(codeFor(key, 's-1')).not.toBe(codeFor(Buffer.alloc(32, 8), 's-1'));
  });

  it('has eight characters that nobody takes for one another, spread evenly', () => {
    const codes = Array.from({ length: 2_000 }, (_, i) => codeFor(key, `s-${i}`));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/u);
    expect(new Set(codes.join('')).size).toBe(31);
  });

  it.each(['ABCD-EF23', 'abcdef23', ' abcd ef23 ', 'ＡＢＣＤ－ＥＦ２３', 'abcd—ef23', 'AbCd·Ef23'])(
    'may be typed as %s',
    (typed) => {
      expect(normaliseCode(typed)).toBe('ABCDEF23');
      expect(hashCode(normaliseCode(typed))).toBe(hashCode('ABCDEF23'));
    },
  );

  it('stands behind the # of its link', () => {
    expect(printedCode('ABCDEF23')).toBe('ABCD-EF23');
    expect(signInLink('https://yulan.example/', 'ABCDEF23')).toBe('https://yulan.example/in#ABCD-EF23');
  });
});

it('the key is made once, for its owner only, and a damaged one is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shouwang-key-'));
  try {
    const [one, other] = await Promise.all([readSlipKey(folder), readSlipKey(folder)]);
    expect(await readSlipKey(folder)).toEqual(one);
    expect(other).toEqual(one);
    expect((await stat(join(folder, 'slip-key'))).mode & 0o777).toBe(0o600);
    await writeFile(join(folder, 'slip-key'), 'short');
    await expect(readSlipKey(folder)).rejects.toThrow('damaged');
  } finally {
    await rm(folder, { recursive: true });
  }
});
