// The node, started as a development chain, and a polkadot.js connection to it.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { Child } from './child.mjs';
import { NODE } from './places.mjs';

/** A running development node. */
export class Node {
	/**
	 * @param {object} options
	 * @param {string[]} options.sources addresses of the operators' price sources, one each
	 * @param {boolean} options.keeper whether its offchain worker sends liquidations
	 * @param {string[]} options.args more arguments
	 */
	static async start({ sources = [], keeper = true, args = [] } = {}) {
		const flags = ['--dev', '--tmp', '--rpc-port', '0', '--port', '0', '--no-prometheus', '--no-telemetry'];
		sources.forEach(source => flags.push('--price-source', source));
		if (!keeper) flags.push('--no-keeper');
		const ready = /Running JSON-RPC server: addr=127\.0\.0\.1:(\d+)/;
		const { child, match } = await Child.start('margin-node', NODE, [...flags, ...args], ready, 120);
		const url = `ws://127.0.0.1:${match[1]}`;
		const provider = new WsProvider(url, 500);
		try {
			const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
			return new Node(child, url, provider, api);
		} catch (error) {
			await child.stop();
			throw error;
		}
	}

	constructor(child, url, provider, api) {
		this.child = child;
		this.url = url;
		this.provider = provider;
		this.api = api;
	}

	/** Asks the node directly: what it answers is not decoded, and what it refuses is not logged. */
	async ask(method, ...params) {
		return this.provider.send(method, params);
	}

	async stop() {
		await this.api.disconnect();
		await this.child.stop();
	}
}
