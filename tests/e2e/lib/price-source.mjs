// The development price source, started and steered.

import { Child } from './child.mjs';
import { PRICE_SOURCE } from './places.mjs';

/** A running price source. */
export class PriceSource {
	/**
	 * @param {object} options
	 * @param {'crash'|'calm'} options.replay which candles
	 * @param {number} options.speed candle seconds in a second
	 * @param {boolean} options.paused begin with candle time standing still
	 * @param {number} options.venues how many
	 */
	static async start({ replay = 'calm', speed = 1, paused = true, venues = 3 } = {}) {
		const args = ['--listen', '127.0.0.1:0', '--replay', replay, '--speed', `${speed}`, '--venues', `${venues}`];
		if (paused) args.push('--paused');
		const { child, match } = await Child.start('price-source', PRICE_SOURCE, args, /listening on (http:\S+)/, 20);
		return new PriceSource(child, match[1], venues);
	}

	constructor(child, url, venues) {
		this.child = child;
		this.url = url;
		this.venues = Array.from({ length: venues }, (_, venue) => `${url}/venues/${venue}/prices`);
	}

	/** The true prices as decimal strings, with `time` (unix seconds of the candles) and `done`. */
	async truth() {
		return this.#ask('/truth');
	}

	/** Sets something: see the documentation of `margin-price-source`. */
	async control(request) {
		return this.#ask('/control', { method: 'POST', body: JSON.stringify(request) });
	}

	/** Sets prices at all venues, in dollars, such as `{ BTC: '6000' }`. */
	async set(prices) {
		return this.control({ override: prices });
	}

	/** Changes one venue, such as `{ silent: true }`. */
	async venue(number, change) {
		return this.control({ venues: { [number]: change } });
	}

	async stop() {
		await this.child.stop();
	}

	async #ask(path, request) {
		const response = await fetch(this.url + path, request);
		const answer = await response.json();
		if (!response.ok) throw new Error(`price source: ${answer.error}`);
		return answer;
	}
}
