// The margins that the demonstration's chain follows beside fixed ones, on all candles of the replay: judged by
// `margin-backtest`, which runs the code of the runtime over them.

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BACKTEST, CANDLES, OUT } from '../lib/places.mjs';

const run = promisify(execFile);

/** The assets whose candles are real. */
const SYMBOLS = ['BTC', 'ETH'];

/**
 * Figures of the margins that follow volatility (`dynamic`), of a fixed one that is as high on average (`same`), and of a
 * fixed one of 5 % (`five`), each with `average`, `shortfall`, `badDebt` and `liquidated`.
 */
export async function compare() {
	mkdirSync(OUT, { recursive: true });
	const [margins, figures] = ['demo-margins.csv', 'demo-margins.json'].map(name => join(OUT, name));
	const candles = SYMBOLS.flatMap(symbol => ['--candles', `${symbol}=${join(CANDLES, 'crash', `${symbol}.csv`)}`]);
	await run(BACKTEST, ['margins', ...candles, '--out', margins]);
	await run(BACKTEST, ['evaluate', ...candles, '--margins', margins, '--json', figures]);
	const { asGiven, staticSameAverage, staticBenchmark } = JSON.parse(readFileSync(figures, 'utf8')).all;
	return { dynamic: asGiven, same: staticSameAverage, five: staticBenchmark };
}
