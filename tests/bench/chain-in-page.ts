import { parseChain } from '../../src/pillars/group-buy/chain/parse.ts';
import { syllables } from '../../src/pillars/group-buy/chain/screens/pinyin.ts';

/** Bundled for the page in which the reading of a pasted list is measured. */
Object.assign(window, { reader: { parseChain, syllables } });
