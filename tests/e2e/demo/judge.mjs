// Whether it went as it must: nobody below maintenance waits, nobody healthy is touched, no margin rises untold.

import { ONE } from '../lib/amounts.mjs';

/** Blocks that an eligible account may wait for its step. */
export const PATIENCE = 2;

/**
 * Part of an account's debts by which it may seem healthy before a step: the interest of the block that takes the step
 * comes on top of what the block before shows.
 */
const INTEREST_OF_A_BLOCK = 1_000_000n;

/** How much faster the margin of these positions rises than that of a small one, in percent: they are small. */
const BY_SIZE = 105n;

/**
 * Goes through the record. `waits` tells for each step how many blocks the account had been eligible; `wrong` says in
 * sentences what must not be.
 *
 * Eligible after block n means: health at the maintenance level below zero at the prices latched in block n, and all
 * of the account's prices usable. A step resets the count: what is still below after it becomes eligible anew. The
 * margin in force goes on rising in the block that takes the step, as an event of a block before has told.
 *
 * @param {import('./recorder.mjs').Recorder} record
 */
export function judge(record) {
	const [waits, wrong] = [new Map(), untold(record.blocks)];
	for (const [address, { name }] of record.traders) {
		let since, before, earlier;
		for (const block of record.blocks) {
			const now = block.accounts.get(address);
			const steps = block.steps.filter(step => step.owner === address);
			for (const step of steps) {
				if (!before || !wasBelow(before, earlier.margins, block.margins)) wrong.push(`${name} was liquidated in block ${block.number} while healthy`);
				waits.set(step, block.number - (since ?? block.number - 1));
				since = undefined;
			}
			if (before && now.raw !== before.raw && now.touched.length === 0) {
				wrong.push(`${name}'s account changed in block ${block.number} and no event says why`);
			}
			since = isEligible(now, block.prices) ? (since ?? block.number) : undefined;
			if (since !== undefined && block.number - since >= PATIENCE) {
				wrong.push(`${name} was eligible after block ${since} and not liquidated by block ${block.number}`);
			}
			[before, earlier] = [now, block];
		}
	}
	return { waits, wrong };
}

function isEligible({ view }, prices) {
	if (!view || view.maintenance >= 0n) return false;
	return view.balances.every(({ asset }) => prices[asset.symbol].verdict === 'Usable');
}

/** Whether an account was below maintenance before a step, or fell below by what the block of the step brought. */
function wasBelow({ view }, before, after) {
	if (!view) return false;
	const debts = view.balances.reduce((sum, { side, value }) => (side === 'Debt' ? sum + value : sum), 0n);
	const risen = view.balances.reduce((sum, { asset: { symbol }, value }) => {
		const rise = after[symbol].inForce - before[symbol].inForce;
		return rise > 0n ? sum + (value * rise * BY_SIZE) / (100n * ONE) : sum;
	}, 0n);
	return view.maintenance < debts / INTEREST_OF_A_BLOCK + risen;
}

/** Margins that rose further in a block than an event of an earlier one has told. */
function untold(blocks) {
	return blocks.slice(1).flatMap(({ number, margins }, i) => {
		const before = blocks[i].margins;
		const rose = Object.keys(margins).filter(symbol => {
			const { inForce, told } = before[symbol];
			return margins[symbol].inForce > (told > inForce ? told : inForce);
		});
		return rose.map(symbol => `the margin of ${symbol} rose in block ${number} and no event before it has told`);
	});
}
