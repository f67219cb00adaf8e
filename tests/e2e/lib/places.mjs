// Where things are in the workspace.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** What runs leave behind: not part of the repository. */
export const OUT = join(ROOT, 'out');
/** Logs of the programs that were started. */
export const LOGS = join(OUT, 'logs');

const BUILT = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug');

/** The node. */
export const NODE = process.env.MARGIN_NODE ?? join(BUILT, 'margin-node');
/** The price source. */
export const PRICE_SOURCE = process.env.MARGIN_PRICE_SOURCE ?? join(BUILT, 'margin-price-source');
/** The command that tries margins on candles. */
export const BACKTEST = process.env.MARGIN_BACKTEST ?? join(BUILT, 'margin-backtest');
/** The parachain's runtime, which tells of itself. */
export const PARACHAIN = process.env.MARGIN_PARACHAIN ?? join(BUILT, 'margin-parachain-wasm');
/** The candles that the price source replays. */
export const CANDLES = join(ROOT, 'tests', 'price-source', 'data');
